/** A parsed query over the catalogue: what a person typed, as a tree. Evaluated in memory and compiled to SQL alike. */

/** Fields a condition can name; `words` are trigger words, `text` is all that can be read. */
export const queryFields = [
  'text',
  'name',
  'creator',
  'tag',
  'words',
  'type',
  'base',
  'family',
  'category',
  'license',
  'format',
  'hash',
  'model',
  'version',
  'state',
  'access',
  'nsfw',
  'downloads',
  'likes',
  'comments',
  'buzz',
  'likeRatio',
  'interactions',
  'size',
  'published',
  'updated',
  'seen',
] as const;
export type QueryField = (typeof queryFields)[number];

export type QueryNode =
  | { readonly kind: 'all' | 'any'; readonly nodes: readonly QueryNode[] }
  | { readonly kind: 'not'; readonly node: QueryNode }
  /** Words or a quoted phrase over name, creator, tags, trigger words and description, or over one of them. */
  | {
      readonly kind: 'text';
      readonly field: 'text' | 'name' | 'creator' | 'tag' | 'words';
      readonly text: string;
      /** A quoted phrase: stands there as written. */
      readonly exact: boolean;
    }
  /** Any of the values, compared as names are (case, width and spacing do not matter). */
  | { readonly kind: 'is'; readonly field: QueryField; readonly values: readonly string[] }
  /** Both ends included, null = open; dates as milliseconds since the epoch, sizes as bytes. */
  | { readonly kind: 'range'; readonly field: QueryField; readonly min: number | null; readonly max: number | null };
