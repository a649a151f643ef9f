/** What each database's full-text index has to be able to do; `core/search` composes the rest. */
import type { RawBuilder } from 'kysely';

import type { Query, Rung } from '#engines/lexis';
import type { ReadTables, Tables } from '#platform/db';

/** The terms of one entry, each part as made by `indexText`. */
export interface IndexedText {
  readonly title: string;
  readonly tags: string;
  readonly body: string;
}

export interface PlacedText extends IndexedText {
  readonly position: number;
}

export interface SearchIndex {
  /** The condition a query sets; undefined when it sets none. */
  print(query: Query, rung: Rung): string | undefined;
  add(tables: Tables<unknown>, texts: readonly PlacedText[]): Promise<void>;
  remove(tables: Tables<unknown>, positions: readonly number[]): Promise<void>;
  /** A table expression `(position, score)` of what matches; higher scores are better, titles weigh ten times a body. */
  matches(condition: string): RawBuilder<unknown>;
  /** A table expression `(position)` of everything indexed. */
  readonly indexed: RawBuilder<unknown>;
  /** Whether the entry is found by what it says. */
  holds(reads: ReadTables<unknown>, text: PlacedText): Promise<boolean>;
}
