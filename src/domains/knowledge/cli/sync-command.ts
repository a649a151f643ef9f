/** `kura knowledge sync`: a folder under git on this machine, or on the server the one its settings name. */
import { resolve } from 'node:path';
import { z } from 'zod';

import { localCaller } from '#platform/access';
import { defineCommand, exitCodes, table } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import * as contract from '../contract/index.ts';
import type { Knowledge } from '../knowledge.ts';

const define = defineCommand<Knowledge>();

export const syncCommand = define({
  words: ['knowledge', 'sync'],
  arguments: [{ name: 'folder' }],
  options: [{ flags: '--prefer <side>' }],
  remote: true,
  input: z.object({ folder: z.string().optional(), prefer: contract.preferredSideSchema.optional() }),
  async run({ folder, prefer }, { call, open, out, signal, translator }) {
    const body = prefer === undefined ? {} : { prefer };
    const report =
      folder === undefined
        ? await call(contract.syncKnowledge, { body })
        : await (await open()).syncFolder(localCaller('kura knowledge sync'), resolve(folder), { ...body, signal });
    const rows = report.rows.map(({ reason, ...row }) => ({
      ...row,
      ...(reason === undefined ? {} : { reason: translator.text(reason.code, reason.params) }),
    }));
    out.result({ ...report, rows }, () => renderReport(report, rows, translator));
    return rows.some(({ action }) => action === 'clash' || action === 'left') ? exitCodes.partlyDone : exitCodes.done;
  },
});

function renderReport(
  { unchanged, committed, pushed, folder }: contract.SyncReport,
  rows: ReadonlyArray<Omit<contract.SyncRow, 'reason'> & { readonly reason?: string }>,
  translator: Translator,
): string {
  const listed = table(
    rows.map(({ action, title, file, reason }) => [
      translator.text(`cli.knowledge.sync.${action}`),
      title ?? '–',
      file,
      reason ?? '',
    ]),
  );
  const words = pushed ? 'pushed' : 'kept';
  const end = translator.text(`cli.knowledge.sync.${committed ? words : 'same'}`, {
    folder,
    changed: translator.number(rows.length),
    unchanged: translator.number(unchanged),
  });
  return rows.length === 0 ? end : `${listed}\n${end}`;
}
