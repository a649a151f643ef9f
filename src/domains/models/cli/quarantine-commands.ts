/** `kura models quarantine list | restore`. */
import { z } from 'zod';

import { type Command, defineCommand, table } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import * as contract from '../contract/index.ts';
import type { Models } from '../models.ts';

const define = defineCommand<Models>();

export const quarantineListCommand: Command<Models> = define({
  words: ['models', 'quarantine', 'list'],
  remote: true,
  input: z.object({}),
  async run(_input, { call, out, translator }) {
    const answer = await call(contract.listQuarantine);
    out.result(answer, () => renderItems(answer.items, translator));
    return 0;
  },
});

export const quarantineRestoreCommand: Command<Models> = define({
  words: ['models', 'quarantine', 'restore'],
  arguments: [{ name: 'id', required: true }],
  options: [{ flags: '--accept-risk' }, { flags: '--reason <text>' }],
  remote: true,
  input: z.object({
    id: z.uuid(),
    acceptRisk: z.boolean().default(false),
    reason: contract.riskReasonSchema.optional(),
  }),
  async run({ id, ...body }, { call, out, translator }) {
    const file = await call(contract.restoreQuarantined, { params: { id }, body });
    out.result(file, () => translator.text('cli.models.quarantine.restore.done', { path: file.path }));
    return 0;
  },
});

function renderItems(items: readonly contract.QuarantineItemView[], translator: Translator): string {
  if (items.length === 0) return translator.text('cli.models.quarantine.list.nothing');
  return items
    .map((item) => {
      const verdict = item.verdict === null ? '' : translator.text(`cli.models.verdict.${item.verdict}`);
      const findings = item.findings.map((finding) => ['', `· ${finding.message}`]);
      const release = translator.text(`cli.models.quarantine.list.release.${item.action}`, { id: item.id });
      return table([[item.id, `${item.originalPath}  ${verdict}`], ...findings, ['', `→ ${release}`]]);
    })
    .join('\n');
}
