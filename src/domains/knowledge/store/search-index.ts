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

export interface ScoredPosition {
  readonly position: number;
  readonly score: number;
}

export interface Slice {
  readonly limit: number;
  readonly offset: number;
}

export interface MostWanted {
  readonly limit: number;
  readonly among: number;
}

export interface SearchIndex {
  /** For a question that sets several conditions: what it read for one it need not read for the next. */
  asking(): SearchIndex;
  /** The condition a query sets; undefined when it sets none. */
  print(query: Query, rung: Rung): string | undefined;
  add(tables: Tables<unknown>, texts: readonly PlacedText[]): Promise<void>;
  remove(tables: Tables<unknown>, positions: readonly number[]): Promise<void>;
  /**
   * One step of putting the index in order after many changes, so that it is smaller and asked faster; whether more is to
   * do. Each step is short enough for others to write in between.
   */
  tidy(tables: Tables<unknown>, step: number): Promise<boolean>;
  count(reads: ReadTables<unknown>, condition: string): Promise<number>;
  /** The best of the `among` last that match, best first; a place in a title counts ten times one in a body. */
  best(reads: ReadTables<unknown>, condition: string, most: MostWanted): Promise<readonly ScoredPosition[]>;
  /** The best match of each condition among the last `among`, in one question to the database; none where nothing does. */
  firsts(
    reads: ReadTables<unknown>,
    conditions: readonly string[],
    among: number,
  ): Promise<ReadonlyMap<string, number>>;
  /** What comes behind `before` when all that match are put in order of score. */
  further(
    reads: ReadTables<unknown>,
    condition: string,
    before: readonly number[],
    slice: Slice,
  ): Promise<readonly ScoredPosition[]>;
  /** Of each condition the last positions that match, newest first. */
  newest(
    reads: ReadTables<unknown>,
    conditions: readonly string[],
    limit: number,
  ): Promise<ReadonlyArray<readonly number[]>>;
  /** A table expression `(position)` of what matches. */
  matched(reads: ReadTables<unknown>, condition: string): Promise<RawBuilder<unknown>>;
  /** Joins the matches `m` with their entries as `e`, reading no more of those than their facts. */
  readonly withEntryFacts: RawBuilder<unknown>;
  /** A table expression `(position)` of everything indexed. */
  readonly indexed: RawBuilder<unknown>;
  /** Whether the entry is found by what it says. */
  holds(reads: ReadTables<unknown>, text: PlacedText): Promise<boolean>;
}
