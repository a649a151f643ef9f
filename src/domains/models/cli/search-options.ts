/** The filters and orders of a search as options of a command: for everything on the command line that searches. */
import { z } from 'zod';

import { KuraError } from '#kernel/errors';
import { worded } from '#platform/contract';

import * as contract from '../contract/index.ts';
import { readSpan } from '../core/query-language/read-number.ts';
import { commaList } from './comma-list.ts';

export const searchOptions = [
  { flags: '--type <type...>' },
  { flags: '--base <base...>' },
  { flags: '--tag <tag...>' },
  { flags: '--any-tag <tag...>' },
  { flags: '--not-tag <tag...>' },
  { flags: '--category <category...>' },
  { flags: '--creator <name>' },
  { flags: '--license <permission...>' },
  { flags: '--since <day>' },
  { flags: '--published-after <day>' },
  { flags: '--published-before <day>' },
  { flags: '--updated-after <day>' },
  { flags: '--updated-before <day>' },
  { flags: '--min-downloads <n>' },
  { flags: '--max-downloads <n>' },
  { flags: '--min-likes <n>' },
  { flags: '--max-likes <n>' },
  { flags: '--min-like-ratio <share>' },
  { flags: '--max-like-ratio <share>' },
  { flags: '--min-interactions <n>' },
  { flags: '--min-rating <n>' },
  { flags: '--verified' },
  { flags: '--featured' },
  { flags: '--scrape' },
  { flags: '--file-format <format...>' },
  { flags: '--min-size <size>' },
  { flags: '--max-size <size>' },
  { flags: '--access <access>' },
  { flags: '--checkpoint-type <type>' },
  { flags: '--nsfw <rating>' },
  { flags: '--favorites' },
  { flags: '--hidden' },
  { flags: '--period <period>' },
  { flags: '--sort <sort>' },
  { flags: '--sort-by <field>' },
  { flags: '--direction <direction>' },
  { flags: '--source <source>' },
  { flags: '--strategy <strategy>' },
  { flags: '--refresh' },
] as const;

/** `200MB`, `1.5GiB` or a number of bytes. */
export const sizeSchema = z.string().transform((text, context) => {
  const bytes = readSpan('size', text.trim(), 0)?.first;
  if (bytes !== undefined) return bytes;
  context.addIssue({ code: 'custom', ...worded('models.word-no-size', 'must be a size such as 200MB') });
  return z.NEVER;
});

const {
  query: _query,
  limit: _limit,
  cursor: _cursor,
  format: fileFormat,
  minSizeBytes: _minSize,
  maxSizeBytes: _maxSize,
  mine: _mine,
  refresh: _refresh,
  ...sameNamed
} = contract.searchQuerySchema.shape;

/** Of `searchOptions`, and the words of the search as they were typed. */
export const searchInputShape = {
  ...sameNamed,
  query: z.array(z.string()).default([]),
  type: commaList.pipe(sameNamed.type),
  base: commaList.pipe(sameNamed.base),
  tag: commaList.pipe(sameNamed.tag),
  anyTag: commaList.pipe(sameNamed.anyTag),
  notTag: commaList.pipe(sameNamed.notTag),
  category: commaList.pipe(sameNamed.category),
  license: commaList.pipe(sameNamed.license),
  fileFormat: commaList.pipe(fileFormat),
  minSize: sizeSchema.optional(),
  maxSize: sizeSchema.optional(),
  minRating: z.string().optional(),
  verified: z.boolean().default(false),
  featured: z.boolean().default(false),
  scrape: z.boolean().default(false),
  favorites: z.boolean().default(false),
  hidden: z.boolean().default(false),
  refresh: z.boolean().default(false),
};

type SearchInput = z.output<z.ZodObject<typeof searchInputShape>>;
export type AskedSearch = Omit<contract.SearchQuery, 'limit' | 'cursor'>;

/** What people ask for and nobody can give; said instead of answering as if it had been heard. */
const notOffered = {
  minRating: 'models.rating-not-kept',
  verified: 'models.verified-not-told',
  featured: 'models.featured-not-told',
  scrape: 'models.no-scraping',
} as const;

/**
 * @throws KuraError invalid `models.rating-not-kept`, `models.verified-not-told`, `models.featured-not-told`,
 * `models.no-scraping`: nobody can give that; `models.one-of-mine`
 */
export function readSearch(input: SearchInput): AskedSearch {
  const { query, fileFormat: format, minSize, maxSize, favorites, hidden, refresh, ...rest } = input;
  const { minRating, verified, featured, scrape, ...same } = rest;
  for (const [name, asked] of Object.entries({ minRating: minRating !== undefined, verified, featured, scrape })) {
    if (asked) throw new KuraError('invalid', notOffered[name as keyof typeof notOffered]);
  }
  if (favorites && hidden) throw new KuraError('invalid', 'models.one-of-mine');
  const text = query.join(' ').trim();
  const mine = mineOf(favorites, hidden);
  return {
    ...same,
    ...(text === '' ? {} : { query: text }),
    ...(format === undefined ? {} : { format }),
    ...(minSize === undefined ? {} : { minSizeBytes: minSize }),
    ...(maxSize === undefined ? {} : { maxSizeBytes: maxSize }),
    ...(mine === undefined ? {} : { mine }),
    ...(refresh ? { refresh } : {}),
  };
}

function mineOf(favorites: boolean, hidden: boolean): contract.SearchQuery['mine'] {
  if (favorites) return 'favorites';
  return hidden ? 'hidden' : undefined;
}
