/** `kura models history-export | history-import`: the history taken to another home, whole and linked. */
import { resolve } from 'node:path';
import { z } from 'zod';

import { type Command, defineCommand, exitCodes } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import { localActor } from '../core/actor.ts';
import type { BundleFault } from '../core/exchange/check-bundle.ts';
import type { Models } from '../models.ts';

const define = defineCommand<Models>();
const input = z.object({ path: z.string().min(1) });
/** More lines than that nobody reads; with `--json` all of them come. */
const FAULTS_SHOWN = 20;

const exportCommand = define({
  words: ['models', 'history-export'],
  arguments: [{ name: 'path', required: true }],
  input,
  async run({ path }, { open, out, translator }) {
    const models = await open();
    const { tables, ...manifest } = await models.downloadHistory.exportTo(resolve(path));
    out.result({ path: resolve(path), ...manifest, tables }, () =>
      translator.text('cli.models.history-export.done', {
        path: resolve(path),
        downloads: tables.downloads.rows,
        files: tables.library_files.rows,
        searches: tables.search_runs.rows,
      }),
    );
    return exitCodes.done;
  },
});

/** Exit code 5 when the bundle is not whole or does not agree with itself; nothing is imported then. */
const importCommand = define({
  words: ['models', 'history-import'],
  arguments: [{ name: 'path', required: true }],
  input,
  async run({ path }, { open, out, translator }) {
    const models = await open();
    const imported = await models.downloadHistory.importFrom(resolve(path), localActor);
    const { tables, faults, missingFiles } = imported;
    const told = faults.map((fault) => ({ ...fault, message: faultText(fault, translator) }));
    out.result({ tables, missingFiles, faults: told }, () => {
      if (told.length > 0) {
        const lines = told.slice(0, FAULTS_SHOWN).map(({ message }) => `  ${message}`);
        return [translator.text('cli.models.history-import.refused', { count: told.length }), ...lines].join('\n');
      }
      const lines = tables.map(({ table, rows, added }) =>
        translator.text('cli.models.history-import.table', {
          table: translator.text(`cli.models.history-import.${table}`),
          rows,
          added,
        }),
      );
      const missing =
        missingFiles === 0 ? [] : [translator.text('cli.models.history-import.missing', { count: missingFiles })];
      return [...lines, ...missing].join('\n');
    });
    return faults.length === 0 ? exitCodes.done : exitCodes.mismatch;
  },
});

function faultText({ table, line, code, detail }: BundleFault, translator: Translator): string {
  return translator.text(code, { table: translator.text(`cli.models.history-import.${table}`), line, detail });
}

export const exchangeCommands: ReadonlyArray<Command<Models>> = [exportCommand, importCommand];
