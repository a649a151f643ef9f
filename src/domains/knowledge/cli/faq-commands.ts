/** `kura knowledge faq …`: questions with answers, and what is worth becoming one. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { withoutUndefined } from '#kernel/without-undefined';
import { type Command, defineCommand, table } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import * as contract from '../contract/index.ts';
import type { Knowledge } from '../knowledge.ts';

const define = defineCommand<Knowledge>();
const idArgument = { name: 'id', required: true };
const idInput = z.object({ id: z.string() });

const contentOptions = [
  { flags: '--answer <text>' },
  { flags: '--answer-file <file>' },
  { flags: '--entry <id>' },
  { flags: '--category <name>' },
  { flags: '--variant <text...>' },
  { flags: '--status <status>' },
  { flags: '--review-on <day>' },
  { flags: '--note <text>' },
];

const contentInput = {
  answer: z.string().optional(),
  answerFile: z.string().optional(),
  entry: z.string().optional(),
  category: contract.nameSchema.optional(),
  variant: z.array(contract.titleSchema).optional(),
  status: contract.faqStatusSchema.optional(),
  reviewOn: contract.daySchema.optional(),
  note: contract.noteSchema.optional(),
};

const listCommand = define({
  words: ['knowledge', 'faq', 'list'],
  arguments: [{ name: 'words', variadic: true }],
  options: [{ flags: '--category <name>' }, { flags: '--status <status>' }],
  remote: true,
  input: z.object({
    words: z.array(z.string()).default([]),
    category: contract.nameSchema.optional(),
    status: contract.faqStatusSchema.optional(),
  }),
  async run({ words, category, status }, { call, out, translator }) {
    const q = words.join(' ');
    const answer = await call(contract.listFaq, {
      query: { ...(q === '' ? {} : { q }), ...withoutUndefined({ category, status }) },
    });
    out.result(answer, () => renderList(answer.items, translator));
    return 0;
  },
});

const showCommand = define({
  words: ['knowledge', 'faq', 'show'],
  arguments: [idArgument],
  remote: true,
  input: idInput,
  async run({ id }, { call, out }) {
    const item = await call(contract.readFaq, { params: { id } });
    out.result(item, () => renderItem(item));
    return 0;
  },
});

const addCommand = define({
  words: ['knowledge', 'faq', 'add'],
  arguments: [{ name: 'question', required: true }],
  options: [...contentOptions, { flags: '--candidate <words>' }],
  remote: true,
  input: z.object({ question: contract.titleSchema, candidate: z.string().optional(), ...contentInput }),
  async run({ question, category, candidate, ...given }, { call, out, translator }) {
    const content = { ...(await writtenFields(given)), question, category: category ?? usualCategory };
    const item = await call(contract.createFaq, { body: { ...content, ...withoutUndefined({ candidate }) } });
    out.result(item, () => translator.text('cli.knowledge.faq.add.done', { number: item.number, id: item.id }));
    return 0;
  },
});

const changeCommand = define({
  words: ['knowledge', 'faq', 'change'],
  arguments: [idArgument],
  options: [{ flags: '--question <text>' }, ...contentOptions],
  remote: true,
  input: idInput.extend({ question: contract.titleSchema.optional(), ...contentInput }),
  async run({ id, question, category, ...given }, { call, out, translator }) {
    const { version, ...before } = await call(contract.readFaq, { params: { id } });
    const present = contract.faqContentSchema.parse(before);
    const written = { ...(await writtenFields(given)), ...withoutUndefined({ question, category }) };
    const body = { ...present, variants: [...present.variants], ...written, version };
    const item = await call(contract.updateFaq, { params: { id }, body });
    out.result(item, () =>
      translator.text('cli.knowledge.faq.change.done', { number: item.number, version: item.version }),
    );
    return 0;
  },
});

const removeCommand = define({
  words: ['knowledge', 'faq', 'remove'],
  arguments: [idArgument],
  remote: true,
  input: idInput,
  async run({ id }, { call, out, translator }) {
    await call(contract.removeFaq, { params: { id } });
    out.result({ removed: id }, () => translator.text('cli.knowledge.faq.remove.done', { id }));
    return 0;
  },
});

const versionsCommand = define({
  words: ['knowledge', 'faq', 'versions'],
  arguments: [idArgument],
  remote: true,
  input: idInput,
  async run({ id }, { call, out, translator }) {
    const answer = await call(contract.listFaqVersions, { params: { id } });
    out.result(answer, () =>
      table(
        answer.items.map(({ version, savedAt, savedBy, question, note }) => [
          translator.number(version),
          translator.day(savedAt),
          savedBy,
          question,
          note ?? '',
        ]),
      ),
    );
    return 0;
  },
});

const voteCommand = define({
  words: ['knowledge', 'faq', 'vote'],
  arguments: [idArgument, { name: 'voice', required: true }],
  remote: true,
  input: idInput.extend({ voice: z.enum(['helpful', 'not-helpful']) }),
  async run({ id, voice }, { call, out, translator }) {
    const item = await call(contract.voteFaq, { params: { id }, body: { helpful: voice === 'helpful' } });
    const { helpful, notHelpful } = item;
    out.result(item, () => translator.text('cli.knowledge.faq.vote.done', { helpful, notHelpful }));
    return 0;
  },
});

const candidatesCommand = define({
  words: ['knowledge', 'faq', 'candidates'],
  options: [{ flags: '--limit <n>' }],
  remote: true,
  input: z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
  async run(query, { call, out, translator }) {
    const answer = await call(contract.listFaqCandidates, { query });
    out.result(answer, () => renderCandidates(answer.items, translator));
    return 0;
  },
});

const rejectCommand = define({
  words: ['knowledge', 'faq', 'reject'],
  arguments: [{ name: 'question', required: true }],
  remote: true,
  input: z.object({ question: z.string() }),
  async run({ question }, { call, out, translator }) {
    await call(contract.rejectFaqCandidate, { body: { question } });
    out.result({ rejected: question }, () => translator.text('cli.knowledge.faq.reject.done', { question }));
    return 0;
  },
});

export const faqCommands: ReadonlyArray<Command<Knowledge>> = [
  listCommand,
  showCommand,
  addCommand,
  changeCommand,
  removeCommand,
  versionsCommand,
  voteCommand,
  candidatesCommand,
  rejectCommand,
];

const usualCategory = 'general';

interface GivenContent {
  readonly answer?: string | undefined;
  readonly answerFile?: string | undefined;
  readonly entry?: string | undefined;
  readonly variant?: string[] | undefined;
  readonly status?: contract.FaqStatus | undefined;
  readonly reviewOn?: string | undefined;
  readonly note?: string | undefined;
}

/** Only what was given. */
async function writtenFields({ answer, answerFile, entry, variant, ...rest }: GivenContent) {
  const text = answerFile === undefined ? answer : await readFile(answerFile, 'utf8');
  return withoutUndefined({ ...rest, answer: text, entryId: entry, variants: variant });
}

function renderList(items: readonly contract.FaqItem[], translator: Translator): string {
  if (items.length === 0) return translator.text('cli.knowledge.faq.list.none');
  return table(
    items.map(({ id, number, category, question, helpful, notHelpful }) => [
      number,
      category,
      question,
      `+${translator.number(helpful)} −${translator.number(notHelpful)}`,
      id,
    ]),
  );
}

function renderItem({ number, question, answer, entry }: contract.FaqItem): string {
  const source = entry === null ? [] : [`    — ${entry.title} (${entry.id})`];
  return [`${number} ${question}`, ...(answer === null ? [] : ['', answer]), ...source].join('\n');
}

function renderCandidates(items: readonly contract.FaqCandidate[], translator: Translator): string {
  if (items.length === 0) return translator.text('cli.knowledge.faq.candidates.none');
  const names = ['question', 'searches', 'unanswered', 'last', 'entry'];
  const head = names.map((name) => translator.text(`cli.knowledge.faq.candidates.column-${name}`));
  return table([
    head,
    ...items.map(({ question, searches, unanswered, lastOn, entry }) => [
      question,
      translator.number(searches),
      translator.number(unanswered),
      lastOn,
      entry?.title ?? '–',
    ]),
  ]);
}
