/** `kura models import PATH…`: recorded answers and side-cars into the local catalogue. */
import { z } from 'zod';

import { type Command, defineCommand } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import type { ImportedRecords, ImportRecordsOptions, SkippedRecords } from '../core/catalogue/import-records.ts';
import { exitCodeOf } from './exit-code.ts';

export interface RecordImporter {
  readonly importRecords: (paths: readonly string[], options: ImportRecordsOptions) => Promise<ImportedRecords>;
}

export const importCommand: Command<RecordImporter> = defineCommand<RecordImporter>()({
  words: ['models', 'import'],
  arguments: [{ name: 'path', required: true, variadic: true }],
  input: z.object({ path: z.array(z.string().min(1)).min(1) }),
  async run({ path: paths }, { open, out, signal, translator }) {
    const importer = await open();
    const imported = await importer.importRecords(paths, {
      signal,
      onProgress: (done, total) => out.progress(() => translator.text('cli.models.import.progress', { done, total })),
    });
    out.progress(undefined);
    const { files, models, versions } = imported;
    const skipped = imported.skipped.map((one) => ({ file: one.file, reason: reasonText(one, translator) }));
    out.result({ files, models, versions, skipped }, () => {
      const head = translator.text('cli.models.import.done', { files, models, versions });
      if (skipped.length === 0) return head;
      const rest = skipped.map(({ file, reason }) => `  ${file}: ${reason}`);
      return [head, translator.text('cli.models.import.skipped', { count: skipped.length }), ...rest].join('\n');
    });
    return exitCodeOf({ done: models + versions, failed: skipped.length });
  },
});

function reasonText({ reasons, partly }: SkippedRecords, translator: Translator): string {
  const [first, ...more] = reasons.map(({ code, params }) => translator.text(code, params));
  const count = more.length + 1;
  if (partly) return translator.text('cli.models.import.partly', { count, first });
  return more.length === 0 ? (first ?? '') : translator.text('cli.models.import.several', { count, first });
}
