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
  /** What is known of the entry besides its words, as tokens of `factToken` joined by blanks. */
  readonly facts: string;
}

export interface SearchIndex {
  /** The condition a query sets; undefined when it sets none. */
  print(query: Query, rung: Rung): string | undefined;
  add(tables: Tables<unknown>, texts: readonly PlacedText[]): Promise<void>;
  remove(tables: Tables<unknown>, positions: readonly number[]): Promise<void>;
  /**
   * One step of putting the index in order after many changes, so that it is smaller and asked faster; whether more is to
   * do. Each step is short enough for others to write in between.
   */
  tidy(tables: Tables<unknown>, step: number): Promise<boolean>;
  /** A table expression `(position)` of what matches. */
  matches(condition: string): RawBuilder<unknown>;
  /** `(position, score)` of the last `most` that match; higher scores are better, titles weigh ten times a body. */
  scored(condition: string, most: number): RawBuilder<unknown>;
  /** Joins the matches `m` with their entries as `e`, reading no more of those than their facts. */
  readonly withEntryFacts: RawBuilder<unknown>;
  /** Positions of a subquery as one text, numbers with blanks between them: cheaper by far than a row each. */
  joinedPositions(rows: RawBuilder<unknown>): RawBuilder<unknown>;
  /** A table expression `(position)` of everything indexed. */
  readonly indexed: RawBuilder<unknown>;
  /** Whether the entry is found by what it says. */
  holds(reads: ReadTables<unknown>, text: PlacedText): Promise<boolean>;
}
