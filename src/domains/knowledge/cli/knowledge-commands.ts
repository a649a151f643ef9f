/** `kura knowledge …`: find, read and list what is known, bring it in and take it out as files. */
import { z } from 'zod';

import { defineCommand, table } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import * as contract from '../contract/index.ts';
import { entryTypeNameSchema } from '../core/exchange/import-record.ts';
import type { Knowledge } from '../knowledge.ts';
import { renderAnswer } from './render-answer.ts';

const define = defineCommand<Knowledge>();
const limitSchema = z.coerce.number().int().min(1).max(100).default(20);
const filterOptions = [{ flags: '--type <type...>' }, { flags: '--tag <tag...>' }, { flags: '--limit <n>' }];

export const searchCommand = define({
  words: ['knowledge', 'search'],
  arguments: [{ name: 'query', required: true, variadic: true }],
  options: [...filterOptions, { flags: '--status <status...>' }, { flags: '--sort <order>' }, { flags: '--explain' }],
  remote: true,
  input: z.object({
    explain: z.boolean().default(false),
    query: z.array(z.string()),
    type: z.array(entryTypeNameSchema).optional(),
    tag: z.array(z.string()).optional(),
    status: z.array(contract.entryStatusSchema).optional(),
    sort: z.enum(contract.searchOrders).optional(),
    limit: limitSchema,
  }),
  async run({ query, explain, ...filter }, { call, out, translator }) {
    const answer = await call(contract.searchKnowledge, {
      query: { q: query.join(' '), ...filter, ...(explain ? { explain: 'true' } : {}) },
    });
    out.result(answer, () => renderAnswer(answer, translator));
    return 0;
  },
});

export const listCommand = define({
  words: ['knowledge', 'list'],
  options: [
    ...filterOptions,
    { flags: '--status <status...>' },
    { flags: '--owner <user>' },
    { flags: '--due-by <day>' },
  ],
  remote: true,
  input: z.object({
    type: z.array(entryTypeNameSchema).optional(),
    tag: z.array(z.string()).optional(),
    status: z.array(contract.entryStatusSchema).optional(),
    owner: contract.nameSchema.optional(),
    dueBy: contract.daySchema.optional(),
    limit: limitSchema,
  }),
  async run(input, { call, out, translator }) {
    const page = await call(contract.listEntries, { query: input });
    out.result(page, () => renderList(page.items, translator));
    return 0;
  },
});

export const showCommand = define({
  words: ['knowledge', 'show'],
  arguments: [{ name: 'id', required: true }],
  remote: true,
  input: z.object({ id: z.string() }),
  async run({ id }, { call, out, translator }) {
    const entry = await call(contract.readEntry, { params: { id } });
    out.result(entry, () => renderEntry(entry, translator));
    return 0;
  },
});

export const removeCommand = define({
  words: ['knowledge', 'remove'],
  arguments: [{ name: 'id', required: true }],
  remote: true,
  input: z.object({ id: z.string() }),
  async run({ id }, { call, out, translator }) {
    await call(contract.removeEntry, { params: { id } });
    out.result({ removed: id }, () => translator.text('cli.knowledge.remove.done', { id }));
    return 0;
  },
});

function renderList(items: readonly contract.EntrySummary[], translator: Translator): string {
  if (items.length === 0) return translator.text('cli.knowledge.list.empty');
  const head = ['id', 'type', 'title', 'updated'].map((name) => translator.text(`cli.knowledge.list.column-${name}`));
  const rows = items.map((item) => [
    item.id,
    translator.text(`knowledge.type-${item.type}`),
    item.title,
    translator.day(item.updatedAt),
  ]);
  return table([head, ...rows]);
}

function renderEntry(entry: contract.EntryView, translator: Translator): string {
  const type = translator.text(`knowledge.type-${entry.type}`);
  const status = translator.text(`knowledge.status-${entry.status}`);
  const facts = [type, status, ...entry.tags.map((tag) => `#${tag}`), translator.day(entry.updatedAt)];
  return `${entry.title}\n${facts.join(' · ')}\n\n${entry.body}`;
}
