/** `kura models facets`: what the catalogue holds, counted by type, base model, tag, creator and rating. */
import { z } from 'zod';

import { type Command, defineCommand, exitCodes, table } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import * as contract from '../contract/index.ts';
import type { Models } from '../models.ts';
import { readSearch, searchInputShape, searchOptions } from './search-options.ts';

/** Conditions only: an order changes no count, and the site is not asked. */
const withoutMeaning = ['source', 'strategy', 'refresh', 'sort', 'sort-by', 'direction', 'favorites', 'hidden'];
const options = searchOptions.filter(({ flags }) => !withoutMeaning.some((name) => isNamed(flags, name)));

const {
  source: _source,
  strategy: _strategy,
  refresh: _refresh,
  sort: _sort,
  sortBy: _sortBy,
  direction: _direction,
  favorites: _favorites,
  hidden: _hidden,
  ...conditionShape
} = searchInputShape;

export const facetsCommand: Command<Models> = defineCommand<Models>()({
  words: ['models', 'facets'],
  arguments: [{ name: 'query', variadic: true }],
  options: [...options, { flags: '--most <n>' }],
  remote: true,
  input: z.object({ ...conditionShape, most: contract.facetQuerySchema.shape.most }),
  async run({ most, ...asked }, { call, out, translator }) {
    const whole = { ...asked, source: 'catalogue', strategy: 'direct', ...nothingElse } as const;
    const { source: _of, strategy: _how, ...query } = readSearch(whole);
    const answer = await call(contract.searchFacets, { query: { ...query, most } });
    out.result(answer, () => facetsText(answer, translator));
    return exitCodes.done;
  },
});

const nothingElse = { favorites: false, hidden: false, refresh: false } as const;

function isNamed(flags: string, name: string): boolean {
  return flags === `--${name}` || flags.startsWith(`--${name} `);
}

function facetsText({ models, facets }: contract.FacetsAnswer, text: Translator): string {
  const head = text.text('cli.models.facets.models', { count: text.number(models) });
  const parts = contract.facetNames.map((name) => {
    const rows = facets[name].map(({ value, models: count }) => [`  ${shown(name, value, text)}`, text.number(count)]);
    return rows.length === 0 ? [] : [text.text(`cli.models.facets.${name}`), table(rows)];
  });
  return [head, ...parts.flat()].join('\n');
}

function shown(name: contract.FacetName, value: string, text: Translator): string {
  return name === 'nsfw' ? text.text(`cli.models.facets.nsfw.${value}`) : value;
}
