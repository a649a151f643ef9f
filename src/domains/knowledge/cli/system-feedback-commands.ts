/** `kura knowledge send-feedback`, `own-feedback`, `system-feedback`, `triage-feedback`. */
import { z } from 'zod';

import { withoutUndefined } from '#kernel/without-undefined';
import { type Command, defineCommand, table } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import * as contract from '../contract/index.ts';
import type { Knowledge } from '../knowledge.ts';

const define = defineCommand<Knowledge>();

const sendCommand = define({
  words: ['knowledge', 'send-feedback'],
  arguments: [
    { name: 'category', required: true },
    { name: 'title', required: true },
    { name: 'description', required: true },
  ],
  options: [{ flags: '--priority <priority>' }],
  remote: true,
  input: z.object({
    category: contract.systemFeedbackCategorySchema,
    title: contract.titleSchema,
    description: contract.systemFeedbackTextSchema,
    priority: contract.severitySchema.default('medium'),
  }),
  async run(input, { call, out, translator }) {
    const given = await call(contract.sendSystemFeedback, { body: input });
    out.result(given, () => translator.text('cli.knowledge.send-feedback.done', { id: given.id }));
    return 0;
  },
});

const ownCommand = define({
  words: ['knowledge', 'own-feedback'],
  remote: true,
  input: z.object({}),
  async run(_input, { call, out, translator }) {
    const answer = await call(contract.listOwnSystemFeedback, { query: {} });
    out.result(answer, () => rendered(answer.items, translator));
    return 0;
  },
});

const listCommand = define({
  words: ['knowledge', 'system-feedback'],
  options: [{ flags: '--closed' }, { flags: '--category <category>' }],
  remote: true,
  input: z.object({
    closed: z.boolean().default(false),
    category: contract.systemFeedbackCategorySchema.optional(),
  }),
  async run({ closed, category }, { call, out, translator }) {
    const state = closed ? ('closed' as const) : ('open' as const);
    const answer = await call(contract.listSystemFeedback, { query: { state, ...withoutUndefined({ category }) } });
    out.result(answer, () => rendered(answer.items, translator));
    return 0;
  },
});

const triageCommand = define({
  words: ['knowledge', 'triage-feedback'],
  arguments: [{ name: 'id', required: true }],
  options: [
    { flags: '--status <status>' },
    { flags: '--priority <priority>' },
    { flags: '--to <name>' },
    { flags: '--answer <text>' },
  ],
  remote: true,
  input: z.object({
    id: z.string(),
    status: contract.systemFeedbackStatusSchema.optional(),
    priority: contract.severitySchema.optional(),
    to: contract.nameSchema.optional(),
    answer: contract.noteSchema.optional(),
  }),
  async run({ id, status, priority, to, answer }, { call, out, translator }) {
    const body = withoutUndefined({ status, priority, assignee: to, answer });
    const feedback = await call(contract.triageSystemFeedback, { params: { id }, body });
    out.result(feedback, () => rendered([feedback], translator));
    return 0;
  },
});

export const systemFeedbackCommands: ReadonlyArray<Command<Knowledge>> = [
  sendCommand,
  ownCommand,
  listCommand,
  triageCommand,
];

function rendered(items: readonly contract.SystemFeedback[], translator: Translator): string {
  if (items.length === 0) return translator.text('cli.knowledge.system-feedback.none');
  return table(
    items.map(({ id, category, title, priority, status, assignee, givenAt, givenBy, answer }) => [
      id,
      translator.text(`knowledge.system-feedback-${category}`),
      title,
      translator.text(`knowledge.severity-${priority}`),
      translator.text(`knowledge.system-feedback-status-${status}`),
      translator.day(givenAt),
      givenBy,
      assignee ?? '–',
      answer ?? '',
    ]),
  );
}
