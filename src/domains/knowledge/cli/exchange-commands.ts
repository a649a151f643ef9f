/** `kura knowledge import` and `export`: files on this machine, so a server elsewhere cannot do it. */
import { resolve } from 'node:path';
import { z } from 'zod';

import { localCaller } from '#platform/access';
import { defineCommand, exitCodes } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import type { ImportReport } from '../core/exchange/import-knowledge.ts';
import type { Knowledge } from '../knowledge.ts';

const define = defineCommand<Knowledge>();
/** For people; the JSON document has all of them. */
const mostShown = 20;

export const importCommand = define({
  words: ['knowledge', 'import'],
  arguments: [{ name: 'paths', required: true, variadic: true }],
  input: z.object({ paths: z.array(z.string()).min(1) }),
  async run({ paths }, { open, out, signal, translator }) {
    const knowledge = await open();
    const report = await knowledge.importFiles(localCaller('kura knowledge import'), paths, {
      signal,
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
      translator.text('cli.knowledge.import.done', numbersOf(report, translator)),
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
