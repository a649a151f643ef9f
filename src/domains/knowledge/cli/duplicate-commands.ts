/** `kura knowledge duplicate-queue`, `judge-duplicate`, `look-for-duplicates`. */
import { z } from 'zod';

import { withoutUndefined } from '#kernel/without-undefined';
import { type Command, defineCommand, table } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import * as contract from '../contract/index.ts';
import type { Knowledge } from '../knowledge.ts';

const define = defineCommand<Knowledge>();

const queueCommand = define({
  words: ['knowledge', 'duplicate-queue'],
  options: [{ flags: '--state <state>' }],
  remote: true,
  input: z.object({ state: contract.duplicateStateSchema.default('pending') }),
  async run({ state }, { call, out, translator }) {
    const answer = await call(contract.listDuplicatePairs, { query: { state } });
    out.result(answer, () => renderPairs(answer.items, translator));
    return 0;
  },
});

const judgeCommand = define({
  words: ['knowledge', 'judge-duplicate'],
  arguments: [
    { name: 'one', required: true },
    { name: 'other', required: true },
    { name: 'state', required: true },
  ],
  options: [{ flags: '--note <text>' }],
  remote: true,
  input: z.object({
    one: z.string(),
    other: z.string(),
    state: contract.duplicateStateSchema,
    note: contract.noteSchema.optional(),
  }),
  async run({ one, other, state, note }, { call, out, translator }) {
    const body = { state, ...withoutUndefined({ note }) };
    const pair = await call(contract.judgeDuplicatePair, { params: { one, other }, body });
    out.result(pair, () => renderPairs([pair], translator));
    return 0;
  },
});

const lookCommand = define({
  words: ['knowledge', 'look-for-duplicates'],
  remote: true,
  input: z.object({}),
  async run(_input, { call, out, translator }) {
    let [looked, left] = [0, 0];
    do {
      const step = await call(contract.lookForDuplicates, { query: {} });
      looked += step.looked;
      left = step.left;
      out.progress(told());
      if (step.looked === 0) break;
    } while (left > 0);
    out.progress(undefined);
    out.result({ looked, left }, told);
    return 0;

    function told(): string {
      const counts = { looked: translator.number(looked), left: translator.number(left) };
      return translator.text('cli.knowledge.look-for-duplicates.done', counts);
    }
  },
});

export const duplicateCommands: ReadonlyArray<Command<Knowledge>> = [queueCommand, judgeCommand, lookCommand];

function renderPairs(items: readonly contract.DuplicatePair[], translator: Translator): string {
  if (items.length === 0) return translator.text('cli.knowledge.duplicate-queue.none');
  return table(
    items.map(({ one, other, similarity, method, state }) => [
      `${one.title} (${one.id})`,
      `${other.title} (${other.id})`,
      `${translator.number(Math.round(similarity * 100))} %`,
      translator.text(`knowledge.duplicate-${method}`),
      translator.text(`knowledge.duplicate-${state}`),
    ]),
  );
}
