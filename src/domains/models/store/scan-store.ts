/** Verdicts by hash, and the quarantine. */
import type { Selectable } from 'kysely';
import { z } from 'zod';

import type { Database, Transaction } from '#platform/db';

import type { ScanVerdict } from '../contract/index.ts';
import { readJson } from './json-column.ts';
import type { ModelsTables } from './models-tables.ts';

/** A finding of the scanner as it is kept: message key and parameters, translated when shown. */
const storedFindingSchema = z.object({
  rule: z.string(),
  severity: z.enum(['dangerous', 'invalid', 'suspicious']),
  key: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  location: z.object({ member: z.string().optional(), offset: z.number().optional() }),
});
export const storedFindingsSchema = z.array(storedFindingSchema);
export type StoredFinding = z.output<typeof storedFindingSchema>;

/** What a verdict depends on. */
export interface VerdictKey {
  readonly sha256: string;
  /** File name, lower case. */
  readonly name: string;
  readonly ruleSet: string;
  /** Digest of the limits of the scan. */
  readonly limits: string;
}

export interface StoredVerdict extends VerdictKey {
  readonly verdict: ScanVerdict;
  readonly format: string;
  readonly findings: readonly StoredFinding[];
  readonly scannedAt: string;
}

export async function saveVerdict(tx: Transaction, stored: StoredVerdict): Promise<void> {
  const changes = {
    rule_set: stored.ruleSet,
    limits: stored.limits,
    verdict: stored.verdict,
    format: stored.format,
    findings: JSON.stringify(stored.findings),
    scanned_at: stored.scannedAt,
  };
  await tx
    .tables<ModelsTables>()
    .insertInto('scan_verdicts')
    .values({ sha256: stored.sha256, name: stored.name, ...changes })
    .onConflict((conflict) => conflict.columns(['sha256', 'name']).doUpdateSet(changes))
    .execute();
}

export async function findVerdict(database: Database, key: VerdictKey): Promise<StoredVerdict | undefined> {
  const row = await database
    .tables<ModelsTables>()
    .selectFrom('scan_verdicts')
    .selectAll()
    .where('sha256', '=', key.sha256)
    .where('name', '=', key.name)
    .where('rule_set', '=', key.ruleSet)
    .where('limits', '=', key.limits)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { verdict, format, scanned_at: scannedAt } = row;
  return { ...key, verdict, format, findings: readJson(storedFindingsSchema, row.findings), scannedAt };
}

/** What a file was, so that it can go back to its place: the columns of a library row that its bytes do not tell. */
const originSchema = z.object({
  modelName: z.string(),
  type: z.string(),
  baseModel: z.string().nullable(),
  modelId: z.number().nullable(),
  versionId: z.number().nullable(),
  fileId: z.number().nullable(),
  trainedWords: z.array(z.string()).readonly(),
});
export type FileOrigin = z.output<typeof originSchema>;

export interface QuarantineItem {
  readonly id: string;
  readonly path: string;
  readonly originalPath: string;
  /** Message code. */
  readonly reason: string;
  readonly verdict: ScanVerdict | null;
  readonly sizeBytes: number;
  readonly sha256: string | null;
  /** Null when it was not scanned. */
  readonly format: string | null;
  readonly findings: readonly StoredFinding[];
  readonly origin: FileOrigin;
  readonly createdAt: string;
}

export async function insertQuarantineItem(tx: Transaction, item: QuarantineItem): Promise<void> {
  await tx
    .tables<ModelsTables>()
    .insertInto('quarantine_items')
    .values({
      id: item.id,
      path: item.path,
      original_path: item.originalPath,
      reason: item.reason,
      verdict: item.verdict,
      size_bytes: item.sizeBytes,
      sha256: item.sha256,
      format: item.format,
      findings: JSON.stringify(item.findings),
      origin: JSON.stringify(item.origin),
      created_at: item.createdAt,
      restored_at: null,
    })
    .execute();
}

export async function markRestored(tx: Transaction, id: string, at: string): Promise<void> {
  await tx
    .tables<ModelsTables>()
    .updateTable('quarantine_items')
    .set({ restored_at: at })
    .where('id', '=', id)
    .execute();
}

/** What is still there, newest first. */
export async function listQuarantineItems(database: Database): Promise<readonly QuarantineItem[]> {
  const rows = await selectKept(database).orderBy('created_at', 'desc').orderBy('id', 'desc').execute();
  return rows.map(itemOf);
}

export async function findQuarantineItem(database: Database, id: string): Promise<QuarantineItem | undefined> {
  const row = await selectKept(database).where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : itemOf(row);
}

function selectKept(database: Database) {
  return database.tables<ModelsTables>().selectFrom('quarantine_items').selectAll().where('restored_at', 'is', null);
}

function itemOf(row: Selectable<ModelsTables['quarantine_items']>): QuarantineItem {
  return {
    id: row.id,
    path: row.path,
    originalPath: row.original_path,
    reason: row.reason,
    verdict: row.verdict,
    sizeBytes: row.size_bytes,
    sha256: row.sha256,
    format: row.format,
    findings: readJson(storedFindingsSchema, row.findings),
    origin: readJson(originSchema, row.origin),
    createdAt: row.created_at,
  };
}
