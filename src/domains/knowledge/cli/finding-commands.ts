/** `kura knowledge related` and `unanswered`: what is near an entry, and what nobody has written yet. */
import { z } from 'zod';

import { defineCommand, table } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import * as contract from '../contract/index.ts';
import { entryTypeNameSchema } from '../core/exchange/import-record.ts';
import type { Knowledge } from '../knowledge.ts';

const define = defineCommand<Knowledge>();

export const relatedCommand = define({
  words: ['knowledge', 'related'],
  arguments: [{ name: 'id', required: true }],
  options: [{ flags: '--type <type...>' }, { flags: '--limit <n>' }],
  remote: true,
  input: z.object({
    id: z.string(),
    type: z.array(entryTypeNameSchema).optional(),
    limit: z.coerce.number().int().min(1).max(20).default(5),
  }),
  async run({ id, ...query }, { call, out, translator }) {
    const answer = await call(contract.relatedEntries, { params: { id }, query });
    out.result(answer, () => renderRelated(answer.items, translator));
    return 0;
  },
});

export const askCommand = define({
  words: ['knowledge', 'ask'],
  arguments: [{ name: 'question', required: true, variadic: true }],
  options: [{ flags: '--limit <n>' }, { flags: '--write' }],
  remote: true,
  input: z.object({
    question: z.array(z.string()),
    limit: z.coerce.number().int().min(1).max(10).default(3),
    write: z.boolean().default(false),
  }),
  async run({ question, limit, write }, { call, out, translator }) {
    if (write) {
      const written = await call(contract.writeAnswer, { body: { q: question.join(' '), limit } });
      out.result(written, () => renderWritten(written, translator));
      return 0;
    }
    const answer = await call(contract.askKnowledge, { query: { q: question.join(' '), limit } });
    out.result(answer, () => [...whomToAsk(answer, translator), renderAnswered(answer, translator)].join('\n\n'));
    return 0;
  },
});

export const unansweredCommand = define({
  words: ['knowledge', 'unanswered'],
  options: [{ flags: '--limit <n>' }],
  remote: true,
  input: z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
  async run(query, { call, out, translator }) {
    const answer = await call(contract.unansweredSearches, { query });
    if (!answer.noted) out.note(translator.text('cli.knowledge.unanswered.not-noted'));
    out.result(answer, () => renderUnanswered(answer.items, translator));
    return 0;
  },
});

function whomToAsk({ escalation }: contract.KnowledgeAnswer, translator: Translator): readonly string[] {
  if (escalation === null) return [];
  const words = escalation.words.join(', ');
  const { contact } = escalation;
  return [
    contact === null
      ? translator.text('cli.knowledge.ask.person-unknown', { words })
      : translator.text('cli.knowledge.ask.person', { words, contact }),
  ];
}

function renderAnswered(answer: contract.KnowledgeAnswer, translator: Translator): string {
  const known = answer.faq.map(
    (one) => `${one.question}\n${one.answer ?? one.entry?.title ?? ''}\n    — ${one.number} (${one.id})`,
  );
  if (known.length === 0) return renderPassages(answer, translator);
  return [...known, ...(answer.found ? [renderPassages(answer, translator)] : [])].join('\n\n');
}

function renderPassages({ found, passages, near }: contract.KnowledgeAnswer, translator: Translator): string {
  if (!found) {
    const titles = near.map(({ id, title }) => `    ${title} (${id})`);
    return [
      translator.text('cli.knowledge.ask.nothing'),
      ...(titles.length === 0 ? [] : [translator.text('cli.knowledge.ask.near'), ...titles]),
    ].join('\n');
  }
  return passages
    .map(({ entry, heading, text }) => {
      const source = heading === null ? entry.title : `${entry.title} – ${heading}`;
      return `${text}\n    — ${source} (${entry.id}, ${translator.day(entry.updatedAt)})`;
    })
    .join('\n\n');
}

/** Always with the passages: what a model wrote never stands alone. */
function renderWritten(
  { model, sentences, dropped, passages }: contract.WrittenAnswer,
  translator: Translator,
): string {
  const lines = sentences.map((one) => `${one.text} [${one.passages.map((place) => place + 1).join(', ')}]`);
  const head = translator.text(lines.length > 0 ? 'cli.knowledge.ask.written' : 'cli.knowledge.ask.unheld', { model });
  const left =
    dropped === 0 ? [] : [translator.text('cli.knowledge.ask.dropped', { count: translator.number(dropped) })];
  const cited = passages.map(({ entry, text }, place) => `[${place + 1}] ${text}\n    — ${entry.title} (${entry.id})`);
  return [[...lines, ...left].join('\n'), head, ...cited].filter((part) => part !== '').join('\n\n');
}

function renderRelated(items: readonly contract.RelatedEntry[], translator: Translator): string {
  if (items.length === 0) return translator.text('cli.knowledge.related.none');
  return items
    .map(({ id, externalId, title, type, shared }) => {
      const head = table([[translator.text(`knowledge.type-${type}`), title, externalId ?? id]]);
      return `${head}\n    ${translator.text('cli.knowledge.related.shared', { words: shared.join(', ') })}`;
    })
    .join('\n');
}

function renderUnanswered(items: readonly contract.UnansweredSearch[], translator: Translator): string {
  if (items.length === 0) return translator.text('cli.knowledge.unanswered.none');
  const head = ['query', 'searches', 'last'].map((name) => translator.text(`cli.knowledge.unanswered.column-${name}`));
  return table([
    head,
    ...items.map(({ query, searches, lastOn }) => [query, translator.number(searches), translator.day(lastOn)]),
  ]);
}
