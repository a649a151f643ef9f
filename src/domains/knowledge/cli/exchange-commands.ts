/** `kura knowledge import` and `export`: files on this machine, so a server elsewhere cannot do it; `export-table` and
 * `export-archive` ask it. */
import { resolve } from 'node:path';
import { z } from 'zod';

import { withoutUndefined } from '#kernel/without-undefined';
import { localCaller } from '#platform/access';
import { defineCommand, exitCodes } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import * as contract from '../contract/index.ts';
import type { ImportReport } from '../core/exchange/import-knowledge.ts';
import { entryTypeNameSchema } from '../core/exchange/import-record.ts';
import type { Knowledge } from '../knowledge.ts';

const define = defineCommand<Knowledge>();
/** For people; the JSON document has all of them. */
const mostShown = 20;

export const importCommand = define({
  words: ['knowledge', 'import'],
  arguments: [{ name: 'paths', required: true, variadic: true }],
  options: [{ flags: '--dry-run' }],
  input: z.object({ paths: z.array(z.string()).min(1), dryRun: z.boolean().default(false) }),
  async run({ paths, dryRun }, { open, out, signal, translator }) {
    const knowledge = await open();
    const report = await knowledge.importFiles(localCaller('kura knowledge import'), paths, {
      signal,
      trial: dryRun,
      onProgress: (soFar) =>
        out.progress(translator.text('cli.knowledge.import.progress', numbersOf(soFar, translator))),
    });
    out.progress(undefined);
    const skipped = report.skipped.map(({ reason, ...place }) => ({
      ...place,
      reason: translator.text(reason.code, reason.params),
    }));
    for (const { file, line, reason } of skipped.slice(0, mostShown)) {
      out.note(`${line === undefined ? file : `${file}:${line}`}: ${reason}`);
    }
    if (skipped.length > mostShown) {
      out.note(translator.text('cli.knowledge.import.more', { count: skipped.length - mostShown }));
    }
    out.result({ ...report, skipped }, () =>
      translator.text(`cli.knowledge.import.${dryRun ? 'tried' : 'done'}`, numbersOf(report, translator)),
    );
    return exitCodeOf(report);
  },
});

export const exportCommand = define({
  words: ['knowledge', 'export'],
  arguments: [{ name: 'folder', required: true }],
  input: z.object({ folder: z.string().min(1) }),
  async run({ folder }, { open, out, signal, translator }) {
    const knowledge = await open();
    const report = await knowledge.exportFiles(localCaller('kura knowledge export'), resolve(folder), {
      signal,
      onProgress: (entries) => out.progress(translator.text('cli.knowledge.export.progress', { entries })),
    });
    out.progress(undefined);
    out.result(report, () => translator.text('cli.knowledge.export.done', { ...report }));
    return exitCodes.done;
  },
});

function exitCodeOf({ imported, updated, unchanged, skipped }: ImportReport): number {
  if (imported + updated + unchanged === 0) return exitCodes.failed;
  return skipped.length > 0 ? exitCodes.partlyDone : exitCodes.done;
}

function numbersOf({ imported, updated, unchanged, skipped }: ImportReport, translator: Translator) {
  return {
    imported: translator.number(imported),
    updated: translator.number(updated),
    unchanged: translator.number(unchanged),
    skipped: translator.number(skipped.length),
  };
}

/** Commands that save to a file of the caller's which entries they say, of those they may see. */
const ofChosenEntries = {
  arguments: [{ name: 'file', required: true }],
  options: [{ flags: '--type <type...>' }, { flags: '--tag <tag...>' }, { flags: '--id <id...>' }],
  remote: true,
  saves: true,
  input: z.object({
    file: z.string().min(1),
    type: z.array(entryTypeNameSchema).optional(),
    tag: z.array(contract.tagSchema).max(20).optional(),
    id: z.array(z.string().min(1)).max(contract.mostChosenEntries).optional(),
  }),
} as const;

export const exportArchiveCommand = define({
  words: ['knowledge', 'export-archive'],
  ...ofChosenEntries,
  async run({ file, ...chosen }, { call, out, save, translator }) {
    const { content, entries, files } = await call(contract.exportArchive, { query: withoutUndefined(chosen) });
    await save(resolve(file), Buffer.from(content, 'base64'));
    out.result({ entries, files, file: resolve(file) }, () =>
      translator.text('cli.knowledge.export-archive.done', {
        entries: translator.number(entries),
        files: translator.number(files),
        file,
      }),
    );
    return exitCodes.done;
  },
});

export const exportTableCommand = define({
  words: ['knowledge', 'export-table'],
  ...ofChosenEntries,
  async run({ file, ...chosen }, { call, out, save, translator }) {
    const format = file.toLowerCase().endsWith('.csv') ? 'csv' : 'jsonl';
    const pages: string[] = [];
    let entries = 0;
    for (let after: number | undefined; ; ) {
      const page = await call(contract.exportEntries, {
        query: { format, ...withoutUndefined({ after, ...chosen }) },
      });
      pages.push(page.content);
      entries += page.entries;
      if (page.next === null) break;
      after = page.next;
    }
    await save(resolve(file), pages.join(''));
    out.result({ entries, file: resolve(file) }, () =>
      translator.text('cli.knowledge.export-table.done', { entries: translator.number(entries), file }),
    );
    return exitCodes.done;
  },
});
