/** `kura models searches save | list | run | remove`. */
import { z } from 'zod';

import { type Command, defineCommand, exitCodes, table } from '#platform/cli';

import * as contract from '../contract/index.ts';
import type { Models } from '../models.ts';
import { readSearch, searchInputShape, searchOptions } from './search-options.ts';
import { renderSearch } from './search-table.ts';

const define = defineCommand<Models>();
const named = { arguments: [{ name: 'name', required: true }], remote: true } as const;

const saveCommand = define({
  words: ['models', 'searches', 'save'],
  arguments: [
    { name: 'name', required: true },
    { name: 'query', variadic: true },
  ],
  options: [...searchOptions, { flags: '--limit <n>' }],
  remote: true,
  input: z.object({
    ...searchInputShape,
    name: contract.searchNameSchema,
    limit: contract.collectQuerySchema.shape.limit,
  }),
  async run({ name, limit, ...asked }, { call, out, translator }) {
    const given = Object.entries({ ...readSearch({ ...asked, refresh: false }), limit });
    const query = contract.collectQuerySchema.parse(
      Object.fromEntries(given.filter(([, value]) => value !== undefined)),
    );
    const saved = await call(contract.saveSearch, { params: { name }, body: { query } });
    out.result(saved, () => translator.text('cli.models.searches.save.done', { name }));
    return 0;
  },
});

const listCommand = define({
  words: ['models', 'searches', 'list'],
  remote: true,
  input: z.object({}),
  async run(_input, { call, out, translator }) {
    const { items } = await call(contract.listSavedSearches);
    out.result({ items }, () =>
      items.length === 0
        ? translator.text('cli.models.searches.list.empty')
        : table(items.map(({ name, updatedAt, query }) => [name, updatedAt, JSON.stringify(query)])),
    );
    return 0;
  },
});

const runCommand = define({
  words: ['models', 'searches', 'run'],
  ...named,
  options: [{ flags: '--limit <n>' }],
  input: z.object({ name: contract.searchNameSchema, limit: contract.searchQuerySchema.shape.limit.optional() }),
  async run({ name, limit }, { call, out, translator }) {
    const { query } = await call(contract.readSavedSearch, { params: { name } });
    const answer = await call(contract.searchModels, {
      query: { ...query, limit: limit ?? Math.min(query.limit ?? 20, 1000) },
    });
    out.result(answer, () => renderSearch(answer, false, translator));
    return answer.error === undefined ? exitCodes.done : exitCodes.partlyDone;
  },
});

const removeCommand = define({
  words: ['models', 'searches', 'remove'],
  ...named,
  input: z.object({ name: contract.searchNameSchema }),
  async run({ name }, { call, out, translator }) {
    const answer = await call(contract.removeSavedSearch, { params: { name } });
    out.result(answer, () => translator.text('cli.models.searches.remove.done', { name }));
    return 0;
  },
});

export const savedSearchCommands: ReadonlyArray<Command<Models>> = [
  saveCommand,
  listCommand,
  runCommand,
  removeCommand,
];
