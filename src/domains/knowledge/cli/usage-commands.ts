/** `kura knowledge usage`, `entry-usage`, `gaps`, `recurrences`, `propose-problem`. */
import { z } from 'zod';

import { type Command, defineCommand, table } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import * as contract from '../contract/index.ts';
import type { Knowledge } from '../knowledge.ts';

const define = defineCommand<Knowledge>();
const daysOption = { flags: '--days <n>' };
const daysInput = z.coerce.number().int().min(1).max(366);
/** Of long lists people see the beginning; the JSON document has all. */
const mostShown = 10;

const usageCommand = define({
  words: ['knowledge', 'usage'],
  options: [daysOption],
  remote: true,
  input: z.object({ days: daysInput.default(30) }),
  async run(query, { call, out, translator }) {
    const usage = await call(contract.readUsage, { query });
    if (!usage.noted) out.note(translator.text('cli.knowledge.usage.not-noted'));
    out.result(usage, () => renderUsage(usage, translator));
    return 0;
  },
});

const entryUsageCommand = define({
  words: ['knowledge', 'entry-usage'],
  arguments: [{ name: 'id', required: true }],
  options: [daysOption],
  remote: true,
  input: z.object({ id: z.string(), days: daysInput.default(30) }),
  async run({ id, days }, { call, out, translator }) {
    const usage = await call(contract.readEntryUsage, { params: { id }, query: { days } });
    if (!usage.noted) out.note(translator.text('cli.knowledge.usage.not-noted'));
    out.result(usage, () => renderEntryUsage(usage, translator));
    return 0;
  },
});

const gapsCommand = define({
  words: ['knowledge', 'gaps'],
  options: [daysOption],
  remote: true,
  input: z.object({ days: daysInput.default(30) }),
  async run(query, { call, out, translator }) {
    const gaps = await call(contract.readGaps, { query });
    if (!gaps.noted) out.note(translator.text('cli.knowledge.usage.not-noted'));
    out.result(gaps, () => renderGaps(gaps, translator));
    return 0;
  },
});

const recurrencesCommand = define({
  words: ['knowledge', 'recurrences'],
  options: [daysOption],
  remote: true,
  input: z.object({ days: daysInput.default(90) }),
  async run(query, { call, out, translator }) {
    const answer = await call(contract.listRecurrences, { query });
    out.result(answer, () => renderRecurrences(answer.items, translator));
    return 0;
  },
});

const proposeProblemCommand = define({
  words: ['knowledge', 'propose-problem'],
  arguments: [{ name: 'incidents', required: true, variadic: true }],
  remote: true,
  input: z.object({ incidents: z.array(z.string()).min(2).max(100) }),
  async run(body, { call, out, translator }) {
    const problem = await call(contract.proposeProblem, { body });
    out.result(problem, () => translator.text('cli.knowledge.propose-problem.done', { ...problem }));
    return 0;
  },
});

export const usageCommands: ReadonlyArray<Command<Knowledge>> = [
  usageCommand,
  entryUsageCommand,
  gapsCommand,
  recurrencesCommand,
  proposeProblemCommand,
];

function renderEntryUsage(
  { from, to, actions, readers, days, viewsBefore }: contract.EntryUsage,
  translator: Translator,
): string {
  const before = viewsBefore === null ? translator.text('knowledge.figure-unknown') : translator.number(viewsBefore);
  const { view: views, click, copy, print, share } = actions;
  return [
    translator.text('cli.knowledge.usage.period', { from, to }),
    translator.text('cli.knowledge.entry-usage.views', { views, readers, before }),
    translator.text('cli.knowledge.entry-usage.actions', { click, copy, print, share }),
    ...days.map((day) => `    ${day.day}  ${translator.number(day.views)}`),
  ].join('\n');
}

function renderUsage(
  { from, to, figures, popular, unread, texts, recommendations }: contract.KnowledgeUsage,
  translator: Translator,
): string {
  const head = ['figure', 'value', 'before', 'source'].map((name) =>
    translator.text(`cli.knowledge.usage.column-${name}`),
  );
  const rows = figures.map((figure) => [
    translator.text(`knowledge.figure-${figure.id}`),
    valueOf(figure.value, figure.unit, translator),
    valueOf(figure.before, figure.unit, translator),
    translator.text(`knowledge.source-${figure.source}`, { of: translator.number(figure.of) }),
  ]);
  const views = popular.slice(0, mostShown).map(({ title, views: times, readers }) =>
    translator.text('cli.knowledge.usage.read', {
      title,
      views: translator.number(times),
      readers: translator.number(readers),
    }),
  );
  return [
    translator.text('cli.knowledge.usage.period', { from, to }),
    table([head, ...rows]),
    ...views,
    translator.text('cli.knowledge.usage.unread', { count: translator.number(unread.total) }),
    translator.text('cli.knowledge.usage.tags', {
      tags: translator.number(texts.tags.total),
      entries: translator.number(texts.entries),
      without: translator.number(texts.withoutTag),
    }),
    ...recommendations.map((one) => recommendation(one, translator)),
  ].join('\n');
}

/** What passed a limit, and what to do about it. */
export function recommendation(
  { id, value, unit, limit, of }: contract.KnowledgeRecommendation,
  translator: Translator,
): string {
  return translator.text(`knowledge.recommendation-${id}`, {
    value: valueOf(value, unit, translator),
    limit: valueOf(limit, unit, translator),
    of: translator.number(of),
  });
}

function valueOf(value: number | null, unit: contract.KnowledgeFigure['unit'], translator: Translator): string {
  if (value === null) return translator.text('knowledge.figure-unknown');
  if (unit === 'share') return `${translator.number(Math.round(value * 1000) / 10)} %`;
  if (unit === 'count') return translator.number(value);
  return translator.text(`knowledge.figure-in-${unit}`, { value: translator.number(value) });
}

function renderGaps(gaps: contract.KnowledgeGaps, translator: Translator): string {
  function searched(items: contract.KnowledgeGaps['withoutHit']): readonly string[] {
    return items.map(({ query, searches }) => `${query} (${translator.number(searches)})`);
  }
  function titles(items: ReadonlyArray<{ readonly title: string }>): readonly string[] {
    return items.map(({ title }) => title);
  }
  return [
    translator.text('cli.knowledge.usage.period', { from: gaps.from, to: gaps.to }),
    section('without-hit', gaps.withoutHit.length, searched(gaps.withoutHit)),
    section('never-opened', gaps.neverOpened.length, searched(gaps.neverOpened)),
    section('doubted', gaps.doubted.length, titles(gaps.doubted)),
    section('overdue', gaps.overdue.total, titles(gaps.overdue.items)),
    table([
      ['type', 'entries', 'views'].map((name) => translator.text(`cli.knowledge.gaps.column-${name}`)),
      ...gaps.coverage.map(({ type, entries, views }) => [
        translator.text(`knowledge.type-${type}`),
        translator.number(entries),
        translator.number(views),
      ]),
    ]),
  ].join('\n');

  function section(name: string, total: number, items: readonly string[]): string {
    const head = translator.text(`cli.knowledge.gaps.${name}`, { count: translator.number(total) });
    return [head, ...items.slice(0, mostShown).map((item) => `    ${item}`)].join('\n');
  }
}

function renderRecurrences(items: readonly contract.Recurrence[], translator: Translator): string {
  if (items.length === 0) return translator.text('cli.knowledge.recurrences.none');
  return items
    .map(({ shared, incidents, problem }) => {
      const head = translator.text('cli.knowledge.recurrences.group', {
        count: translator.number(incidents.length),
        words: shared.join(', '),
      });
      const lines = incidents.map(({ id, title, createdAt }) => `    ${translator.day(createdAt)} ${title} (${id})`);
      const known =
        problem === null
          ? translator.text('cli.knowledge.recurrences.unexplained')
          : translator.text('cli.knowledge.recurrences.explained', { title: problem.title, id: problem.id });
      return [head, ...lines, known].join('\n');
    })
    .join('\n\n');
}
