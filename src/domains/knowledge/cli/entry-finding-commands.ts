/** `kura knowledge findings` and `mark-finding`. */
import { z } from 'zod';

import { withoutUndefined } from '#kernel/without-undefined';
import { type Command, defineCommand, table } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import * as contract from '../contract/index.ts';
import type { Knowledge } from '../knowledge.ts';

const define = defineCommand<Knowledge>();

const findingsCommand = define({
  words: ['knowledge', 'findings'],
  arguments: [{ name: 'id', required: true }],
  remote: true,
  input: z.object({ id: z.string() }),
  async run({ id }, { call, out, translator }) {
    const answer = await call(contract.listEntryFindings, { params: { id } });
    out.result(answer, () => renderFindings(answer.items, translator));
    return 0;
  },
});

const markCommand = define({
  words: ['knowledge', 'mark-finding'],
  arguments: [
    { name: 'id', required: true },
    { name: 'finding', required: true },
    { name: 'state', required: true },
  ],
  options: [{ flags: '--note <text>' }],
  remote: true,
  input: z.object({
    id: z.string(),
    finding: z.string().min(1).max(300),
    state: contract.findingStateSchema,
    note: contract.noteSchema.optional(),
  }),
  async run({ id, finding, state, note }, { call, out, translator }) {
    const body = { state, ...withoutUndefined({ note }) };
    const answer = await call(contract.markEntryFinding, { params: { id, finding }, body });
    out.result(answer, () => renderFindings(answer.items, translator));
    return 0;
  },
});

export const entryFindingCommands: ReadonlyArray<Command<Knowledge>> = [findingsCommand, markCommand];

function renderFindings(items: readonly contract.EntryFinding[], translator: Translator): string {
  if (items.length === 0) return translator.text('cli.knowledge.findings.none');
  return table(
    items.map(({ id, kind, heading, line, state, note }) => [
      id,
      translator.text(`knowledge.finding-${kind}`, { heading: heading ?? '', line: line ?? 0 }),
      translator.text(`knowledge.finding-state-${state}`),
      note ?? '',
    ]),
  );
}
