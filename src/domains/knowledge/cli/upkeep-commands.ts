/** `kura knowledge vote`, `tasks`, `assign-task`, `close-task`, `duplicates`, `advise`, `summary`, `merge`. */
import { z } from 'zod';

import { type Command, defineCommand, table } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import * as contract from '../contract/index.ts';
import type { Knowledge } from '../knowledge.ts';

const define = defineCommand<Knowledge>();
const idArgument = { name: 'id', required: true };
const idInput = z.object({ id: z.string() });

const voteCommand = define({
  words: ['knowledge', 'vote'],
  arguments: [idArgument, { name: 'kind', required: true }],
  options: [{ flags: '--comment <text>' }],
  remote: true,
  input: idInput.extend({ kind: contract.feedbackKindSchema, comment: contract.noteSchema.optional() }),
  async run({ id, kind, comment }, { call, out, translator }) {
    const body = { kind, ...(comment === undefined ? {} : { comment }) };
    const feedback = await call(contract.giveFeedback, { params: { id }, body });
    const { helpful, notHelpful, faults } = feedback;
    out.result(feedback, () => translator.text('cli.knowledge.vote.done', { helpful, notHelpful, faults }));
    return 0;
  },
});

const tasksCommand = define({
  words: ['knowledge', 'tasks'],
  options: [{ flags: '--closed' }, { flags: '--own' }],
  remote: true,
  input: z.object({ closed: z.boolean().default(false), own: z.boolean().default(false) }),
  async run({ closed, own }, { call, out, translator }) {
    const query = { state: closed ? ('closed' as const) : ('open' as const), own: String(own) };
    const answer = await call(contract.listTasks, { query });
    out.result(answer, () => renderTasks(answer.items, translator));
    return 0;
  },
});

const assignTaskCommand = define({
  words: ['knowledge', 'assign-task'],
  arguments: [idArgument],
  options: [{ flags: '--to <name>' }, { flags: '--due <day>' }],
  remote: true,
  input: idInput.extend({
    to: contract.nameSchema.nullable().default(null),
    due: contract.daySchema.nullable().default(null),
  }),
  async run({ id, to, due }, { call, out, translator }) {
    const task = await call(contract.assignTask, { params: { id }, body: { assignee: to, dueOn: due } });
    const said = { title: task.entry.title, assignee: task.assignee ?? '–', due: task.dueOn ?? '–' };
    out.result(task, () => translator.text('cli.knowledge.assign-task.done', said));
    return 0;
  },
});

const closeTaskCommand = define({
  words: ['knowledge', 'close-task'],
  arguments: [idArgument],
  options: [{ flags: '--dismiss' }, { flags: '--resolution <text>' }],
  remote: true,
  input: idInput.extend({ dismiss: z.boolean().default(false), resolution: contract.noteSchema.optional() }),
  async run({ id, dismiss, resolution }, { call, out, translator }) {
    const outcome = dismiss ? ('dismissed' as const) : ('done' as const);
    const body = { outcome, ...(resolution === undefined ? {} : { resolution }) };
    const task = await call(contract.closeTask, { params: { id }, body });
    out.result(task, () => translator.text('cli.knowledge.close-task.done', { title: task.entry.title }));
    return 0;
  },
});

const duplicatesCommand = define({
  words: ['knowledge', 'duplicates'],
  arguments: [idArgument],
  remote: true,
  input: idInput,
  async run({ id }, { call, out, translator }) {
    const { id: except, title, body } = await call(contract.readEntry, { params: { id } });
    const answer = await call(contract.findDuplicates, { body: { title, body, except } });
    out.result(answer, () => renderDuplicates(answer.items, translator));
    return 0;
  },
});

const adviseCommand = define({
  words: ['knowledge', 'advise'],
  arguments: [idArgument],
  remote: true,
  input: idInput,
  async run({ id }, { call, out, translator }) {
    const { id: except, title, body, type, tags } = await call(contract.readEntry, { params: { id } });
    const advice = await call(contract.adviseEntry, { body: { title, body, type, tags: [...tags], except } });
    out.result(advice, () => renderAdvice(advice, translator));
    return 0;
  },
});

const summaryCommand = define({
  words: ['knowledge', 'summary'],
  arguments: [idArgument],
  remote: true,
  input: idInput,
  async run({ id }, { call, out, translator }) {
    const summary = await call(contract.readSummary, { params: { id } });
    out.result(summary, () => renderSummary(summary, translator));
    return 0;
  },
});

const mergeCommand = define({
  words: ['knowledge', 'merge'],
  arguments: [idArgument, { name: 'duplicate', required: true }],
  remote: true,
  input: idInput.extend({ duplicate: z.string() }),
  async run({ id, duplicate }, { call, out, translator }) {
    const { id: own, version } = await call(contract.readEntry, { params: { id } });
    const entry = await call(contract.mergeEntries, { params: { id: own }, body: { duplicate, version } });
    out.result(entry, () => translator.text('cli.knowledge.merge.done', { title: entry.title, duplicate }));
    return 0;
  },
});

export const upkeepCommands: ReadonlyArray<Command<Knowledge>> = [
  voteCommand,
  tasksCommand,
  assignTaskCommand,
  closeTaskCommand,
  duplicatesCommand,
  adviseCommand,
  summaryCommand,
  mergeCommand,
];

function renderTasks(items: readonly contract.KnowledgeTask[], translator: Translator): string {
  if (items.length === 0) return translator.text('cli.knowledge.tasks.none');
  return table(
    items.map(({ id, kind, entry, openedAt, openedBy, comment, assignee, dueOn }) => [
      id,
      translator.text(`knowledge.feedback-${kind}`),
      entry.title,
      translator.day(openedAt),
      openedBy,
      assignee ?? '–',
      dueOn ?? '–',
      comment ?? '',
    ]),
  );
}

function renderSummary({ from, lines, plain, technical }: contract.TextSummary, translator: Translator): string {
  const { tags, dates, addresses, codes } = technical;
  const named = [...tags, ...dates, ...addresses, ...codes].join(', ') || '–';
  return [
    translator.text(`knowledge.summary-${from}`),
    ...shown(lines),
    translator.text('cli.knowledge.summary.plain'),
    ...shown(plain.lines),
    translator.text('cli.knowledge.summary.technical', { named }),
    ...shown(technical.lines),
  ].join('\n');
}

function shown(lines: readonly contract.SummaryLine[]): readonly string[] {
  return lines.map(({ heading, text }) => `    ${heading === null ? '' : `${heading}: `}${text}`);
}

function renderAdvice({ types, tags, sections, secrets }: contract.EntryAdvice, translator: Translator): string {
  const likely = types.map(
    ({ type, share }) => `${translator.text(`knowledge.type-${type}`)} ${Math.round(share * 100)} %`,
  );
  const open = sections.filter(({ state }) => state !== 'there').map(({ heading }) => heading);
  const none = '–';
  return [
    translator.text('cli.knowledge.advise.types', { types: likely.join(', ') }),
    translator.text('cli.knowledge.advise.tags', { tags: tags.join(', ') || none }),
    translator.text('cli.knowledge.advise.sections', { sections: open.join(', ') || none }),
    ...secrets.map(({ line, kind }) =>
      translator.text('cli.knowledge.advise.secret', { line, kind: translator.text(`knowledge.secret-${kind}`) }),
    ),
  ].join('\n');
}

function renderDuplicates(items: readonly contract.LikelyDuplicate[], translator: Translator): string {
  if (items.length === 0) return translator.text('cli.knowledge.duplicates.none');
  return table(
    items.map(({ id, title, similarity }) => [id, title, `${translator.number(Math.round(similarity * 100))} %`]),
  );
}
