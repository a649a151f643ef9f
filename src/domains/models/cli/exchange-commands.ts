/** `kura models history-export | history-import`: the history taken to another home, whole and linked. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';

import { type Command, type CommandContext, defineCommand, exitCodes } from '#platform/cli';
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
  saves: true,
  input,
  async run({ path: wanted }, context) {
    const { out, translator } = context;
    const { path, tables, ...manifest } = await exported(wanted, context);
    out.result({ path, ...manifest, tables }, () =>
      translator.text('cli.models.history-export.done', {
        path,
        downloads: tables.downloads.rows,
        files: tables.library_files.rows,
        searches: tables.search_runs.rows,
      }),
    );
    return exitCodes.done;
  },
});

/** A folder of tables cannot be sealed; one file can. */
async function exported(path: string, { open, save, seals }: CommandContext<Models>) {
  const { downloadHistory } = await open();
  if (!seals && !path.endsWith('.jsonl')) {
    return { path: resolve(path), ...(await downloadHistory.exportTo(resolve(path))) };
  }
  const { manifest, text } = await downloadHistory.exportText();
  const { file } = await save(path, text);
  return { path: file, ...manifest };
}

async function imported(path: string, { open, read }: CommandContext<Models>) {
  const { downloadHistory } = await open();
  const facts = await stat(path).catch(() => undefined);
  if (facts?.isFile() !== true) return await downloadHistory.importFrom(resolve(path), localActor);
  return await downloadHistory.importText(Buffer.from(await read(path)).toString('utf8'), localActor);
}

/** Exit code 5 when the bundle is not whole or does not agree with itself; nothing is imported then. */
const importCommand = define({
  words: ['models', 'history-import'],
  arguments: [{ name: 'path', required: true }],
  reads: true,
  input,
  async run({ path }, context) {
    const { out, translator } = context;
    const { tables, faults, missingFiles } = await imported(path, context);
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
