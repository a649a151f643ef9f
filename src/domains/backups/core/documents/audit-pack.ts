/**
 * Everything an auditor asks for about a period as one archive (B-204): reports, their tables, every run, every entry of the audit log,
 * signed records of tests with what was attached to them, certificates of media, and a signed list of all of it.
 */
import type { EntryView } from '#platform/audit/contract';
import { writeZip, type ZipFile } from '#platform/documents';

import type { DocumentTable } from '../../contract/index.ts';
import { findContainers } from '../../store/documents/control-store.ts';
import {
  findAttachments,
  findCertificates,
  findDrillRecords,
  findRunsAfter,
} from '../../store/documents/evidence-store.ts';
import { readEvidenceContent } from '../../store/drill-store.ts';
import { canonicalJson, signedOf } from '../drills/signed-document.ts';
import { sha256Of } from '../signatures/detached-signature.ts';
import { composePage, type PageWish, type ReaderOfDocument } from './compose-page.ts';
import { signDocument } from './document-signature.ts';
import { mostRows } from './gather-figures.ts';
import { manifestName, manifestSignatureName, packFormat } from './pack-manifest.ts';
import type { ReportReading } from './report-reading.ts';

export interface PackRequest {
  readonly reading: ReportReading;
  readonly reader: ReaderOfDocument;
  /** Without its ending. */
  readonly name: string;
}

/** So that a pack can be held in memory; what is left out is counted and named in the manifest. */
const most = { runs: 200_000, entries: 200_000, attachedBytes: 64 * 1024 * 1024 } as const;

export async function writeAuditPack({ reading, reader, name }: PackRequest): Promise<Uint8Array> {
  const { context, period, figures } = reading;
  const leftOut: string[] = [];
  const files = [
    ...(await reports(reading, reader)),
    ...(await tables(reading, reader)),
    ...(await allRuns(reading, leftOut)),
    ...(await allEntries(reading, leftOut)),
    ...(await drillRecords(reading, leftOut)),
    ...(await certificates(reading)),
    {
      name: 'README.txt',
      content: Buffer.from(`${reader.translator.text('backups.document.pack-readme', { name })}\n`),
    },
  ];
  const manifest = {
    format: packFormat,
    name,
    from: period.from,
    to: period.to,
    zone: figures.zone,
    madeAt: figures.at,
    madeBy: reader.madeBy,
    leftOut,
    files: files.map(({ name: path, content }) => ({ path, bytes: content.length, sha256: sha256Of(content) })),
  };
  const content = Buffer.from(`${canonicalJson(manifest)}\n`);
  const signature = Buffer.from(`${canonicalJson(signDocument(context.signer, manifestName, content))}\n`);
  return writeZip([{ name: manifestName, content }, { name: manifestSignatureName, content: signature }, ...files]);
}

async function reports(reading: ReportReading, reader: ReaderOfDocument): Promise<readonly ZipFile[]> {
  const hasContainers = (await findContainers(reading.kept)).length > 0;
  const kinds: readonly PageWish['kind'][] = [
    'monthly',
    'compliance',
    'status',
    'verification',
    'service-levels',
    'availability',
    'audit',
    'iso27001',
    ...(hasContainers ? (['iso19650'] as const) : []),
  ];
  const files: ZipFile[] = [];
  for (const kind of kinds) {
    const file = kind === 'monthly' ? 'backups' : kind;
    const content = await composePage(reading, reader, { kind, format: 'pdf', table: null });
    files.push({ name: `reports/${file}.pdf`, content });
  }
  return files;
}

const packedTables: readonly DocumentTable[] = [
  'jobs',
  'copies',
  'runs',
  'failures',
  'missed',
  'verdicts',
  'changes',
  'tests',
  'coverage',
  'tickets',
  'swaps',
  'media',
  'levels',
  'responses',
  'availability',
  'outages',
  'controls',
  'containers',
  'actions',
  'refusals',
];

async function tables(reading: ReportReading, reader: ReaderOfDocument): Promise<readonly ZipFile[]> {
  const files: ZipFile[] = [];
  for (const table of packedTables) {
    const content = await composePage(reading, reader, { kind: 'monthly', format: 'csv', table });
    files.push({ name: `tables/${table}.csv`, content });
  }
  return files;
}

const pageRows = 5000;

async function allRuns({ reads, period }: ReportReading, leftOut: string[]): Promise<readonly ZipFile[]> {
  const lines: string[] = [];
  let after = 0;
  for (;;) {
    const page = await findRunsAfter(reads, period, { after, limit: pageRows });
    lines.push(...page.map(({ position: _position, ...run }) => `${canonicalJson(run)}\n`));
    after = page.at(-1)?.position ?? after;
    if (page.length < pageRows) break;
    if (lines.length >= most.runs) {
      leftOut.push(`evidence/runs.jsonl: more than ${most.runs}`);
      break;
    }
  }
  return [{ name: 'evidence/runs.jsonl', content: Buffer.from(lines.join('')) }];
}

/** Newest first, as the log is read; each with its number and hash in the chain. */
async function allEntries({ context, period }: ReportReading, leftOut: string[]): Promise<readonly ZipFile[]> {
  const until = new Date(Date.parse(period.until) - 1).toISOString();
  const filter = { from: period.since, until };
  const lines: string[] = [];
  let before: number | undefined;
  do {
    const page: { readonly items: readonly EntryView[]; readonly nextCursor: number | undefined } =
      await context.audit.search({ filter, limit: mostRows, before });
    lines.push(...page.items.map((entry) => `${canonicalJson(entry)}\n`));
    before = page.nextCursor;
    if (before !== undefined && lines.length >= most.entries) {
      leftOut.push(`evidence/audit-log.jsonl: more than ${most.entries}`);
      break;
    }
  } while (before !== undefined);
  const { heads, lastCheck, lastSeq, lastHash, keyId, publicKey } = await context.audit.state();
  const chain = { lastSeq, lastHash, keyId, publicKey, heads, lastCheck: lastCheck ?? null };
  return [
    { name: 'evidence/audit-log.jsonl', content: Buffer.from(lines.join('')) },
    { name: 'evidence/audit-chain.json', content: Buffer.from(`${canonicalJson(chain)}\n`) },
  ];
}

/** As `kura backups drill export` writes them, to be checked by `kura backups drill verify`. */
async function drillRecords({ reads, period }: ReportReading, leftOut: string[]): Promise<readonly ZipFile[]> {
  const files: ZipFile[] = [];
  for (const { id, revision, ...signed } of await findDrillRecords(reads, period)) {
    const path = `evidence/drills/${id}/record-${revision}.json`;
    const { document, signature } = signedOf(signed);
    files.push({ name: path, content: Buffer.from(document) });
    files.push({ name: `${path}.sig`, content: Buffer.from(`${canonicalJson(signature)}\n`) });
  }
  let bytes = 0;
  for (const { drill, id, name, size } of await findAttachments(reads, period)) {
    const path = `evidence/drills/${drill}/attached/${id}-${safeName(name)}`;
    bytes += size;
    const found = bytes > most.attachedBytes ? undefined : await readEvidenceContent(reads, drill, id);
    if (found === undefined) leftOut.push(path);
    else files.push({ name: path, content: found.content });
  }
  return files;
}

async function certificates({ media, period }: ReportReading): Promise<readonly ZipFile[]> {
  const rows = (await findCertificates(media, period)).toReversed();
  return rows.flatMap(({ id, document, sha256, signature, key_id: keyId, public_key: publicKey }) => {
    const path = `evidence/certificates/${id}.json`;
    const signed = `${canonicalJson({ sha256, signature, keyId, publicKey })}\n`;
    return [
      { name: path, content: Buffer.from(document) },
      { name: `${path}.sig`, content: Buffer.from(signed) },
    ];
  });
}

/** Somebody else's name for a file leads nowhere. */
function safeName(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '_').replace(/^\.+/, '_');
}
