/** `kura models scan`: the library before the rules of today, as fast as asked, and what has changed since. */
import { z } from 'zod';

import { type Command, type CommandContext, defineCommand, exitCodes } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import * as contract from '../contract/index.ts';
import { localActor } from '../core/actor.ts';
import type { ScannedLibraryFile } from '../core/scanning/scan-library-file.ts';
import { presentFinding } from '../http/present-records.ts';
import { presentScan } from '../http/scanning-routes.ts';
import type { Models } from '../models.ts';
import { rateSchema } from './download-choice.ts';

type Context = CommandContext<Models>;

/** Exit code 4 when a file is dangerous that nobody has let in, 3 when some could not be read. */
export const libraryScanCommand: Command<Models> = defineCommand<Models>()({
  words: ['models', 'scan'],
  options: [
    { flags: '--all' },
    { flags: '--since <date>' },
    { flags: '--limit-rate <rate>' },
    { flags: '--fresh' },
    { flags: '--status' },
  ],
  output: 'ndjson',
  input: z.strictObject({
    all: z.boolean().default(false),
    since: z.iso.date().or(z.iso.datetime()).optional(),
    limitRate: rateSchema.optional(),
    fresh: z.boolean().default(false),
    status: z.boolean().default(false),
  }),
  async run({ all, since, limitRate, fresh, status }, context) {
    if (status) return showStatus(context);
    const from = all || since === undefined ? {} : { since: new Date(since).toISOString() };
    const rate = limitRate === undefined ? {} : { bytesPerSecond: limitRate };
    return scanAll({ ...from, ...rate, fresh }, context);
  },
});

async function scanAll(request: contract.ScanRequest, context: Context): Promise<number> {
  const { out, signal, translator } = context;
  const models = await context.open();
  let unadmitted = 0;
  function onFile(scanned: ScannedLibraryFile, counts: contract.ScanCounts): void {
    tell(scanned, context);
    if (!('missing' in scanned) && scanned.checked.verdict === 'dangerous' && !staysAdmitted(scanned)) unadmitted += 1;
    const { files, bytesRead, dangerous } = counts;
    const bytes = translator.bytes(bytesRead);
    out.progress(() =>
      translator.text('cli.models.scan.progress', { files, bytes, dangerous, name: scanned.file.name }),
    );
  }
  const scan = await models.scans.run(request, { onFile }, { actor: localActor, signal });
  out.progress(undefined);
  const { counts, ruleSet } = scan;
  out.event({ event: 'done', ...presentScan(scan) }, () =>
    translator.text('cli.models.scan.done', { ...counts, ruleSet, bytes: translator.bytes(counts.bytesRead) }),
  );
  if (unadmitted > 0) return exitCodes.refused;
  return counts.missing + counts.unscanned > 0 ? exitCodes.partlyDone : exitCodes.done;
}

function staysAdmitted({ file, change }: Exclude<ScannedLibraryFile, { readonly missing: true }>): boolean {
  return file.admitted !== null && change?.outcome !== 'quarantined';
}

function tell(scanned: ScannedLibraryFile, { out, translator }: Context): void {
  const { id, path } = scanned.file;
  if ('missing' in scanned) {
    out.event({ event: 'missing', id, path }, () => translator.text('cli.models.scan.missing', { path }));
    return;
  }
  const { checked, change } = scanned;
  const { format, verdict, findings, report } = checked;
  const told = { event: 'scanned', id, path, format, verdict, wasKnown: report === undefined };
  const found = { findings: findings.map((finding) => presentFinding(finding, translator)) };
  // People hear of changes only; a library has thousands of files.
  out.event({ ...told, ...found, change: change ?? null }, change && (() => changeLine(change, translator)));
}

function changeLine(change: contract.ScanChange, translator: Translator): string {
  const { path, outcome, quarantineId } = change;
  const before = translator.text(`cli.models.verdict.${change.before}`);
  const after = translator.text(`cli.models.verdict.${change.after}`);
  const key = outcome === 'quarantined' ? 'cli.models.scan.quarantined' : 'cli.models.scan.changed';
  return translator.text(key, { path, before, after, id: quarantineId ?? '' });
}

async function showStatus({ call, out, translator }: Context): Promise<number> {
  const status = await call(contract.readScanStatus);
  out.event({ event: 'status', ...status }, () => statusText(status, translator));
  return exitCodes.done;
}

function statusText(status: contract.ScanStatusView, translator: Translator): string {
  const { library, ruleSet, quarantined, open, last } = status;
  const { byVerdict, ...figures } = library;
  const lines = [translator.text('cli.models.scan.standing', { ruleSet, quarantined, ...figures, ...byVerdict })];
  if (open !== null) {
    const { id, counts } = open;
    lines.push(translator.text('cli.models.scan.open', { id, status: open.status, files: counts.files }));
  }
  if (last === null) return [...lines, translator.text('cli.models.scan.never')].join('\n');
  const { files, changed } = last.counts;
  const at = translator.time(last.endedAt ?? last.updatedAt);
  return [...lines, translator.text('cli.models.scan.last', { at, status: last.status, files, changed })].join('\n');
}
