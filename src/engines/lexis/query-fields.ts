/** The fields of a query language, given by whoever owns the texts: `title:`, `type:`, `updated:`. */
export type TextScope = 'title' | 'tags' | 'body';

export type QueryField =
  /** Words that must stand in one part of the text. */
  | { readonly kind: 'scope'; readonly scope: TextScope; readonly names: readonly string[] }
  /** A fact in the index: one of a closed list of words, or any. */
  | {
      readonly kind: 'fact';
      /** As in `factToken`. */
      readonly name: string;
      readonly names: readonly string[];
      /** The value as it is indexed; undefined when it is none. */
      read(typed: string): string | undefined;
    }
  /** A day, month or year, from–to, or a span back from now. */
  | { readonly kind: 'days'; readonly name: string; readonly names: readonly string[] };

export interface QueryLanguage {
  readonly fields: readonly QueryField[];
  /** Milliseconds since the epoch: where `7d` counts back from. */
  readonly now: number;
}

/** Words, phrases, exclusions, alternatives and groups, but no fields. */
export const plainLanguage: QueryLanguage = { fields: [], now: 0 };

/** Whatever its case and width. */
export function findField({ fields }: QueryLanguage, name: string): QueryField | undefined {
  const wanted = name.normalize('NFKC').toLowerCase();
  return fields.find(({ names }) => names.includes(wanted));
}
