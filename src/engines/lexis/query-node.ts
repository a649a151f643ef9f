/** What a query was understood to mean. */
import type { Term } from './analyse.ts';
import type { QueryLanguage, TextScope } from './query-fields.ts';

export interface QueryLeaf {
  /** `words` may be loosened further down the ladder, `phrase` was quoted and may not. */
  readonly kind: 'words' | 'phrase';
  /** As typed, without quotes and minus sign. */
  readonly text: string;
  /** Offsets of `text` in the query, end exclusive. */
  readonly start: number;
  readonly end: number;
  readonly terms: readonly Term[];
  /** Only there; anywhere when left out. */
  readonly scope?: TextScope;
  /** Its last word may go on. */
  readonly unfinished?: boolean;
}

/** One of the values must be what the text has there. */
export interface FactNode {
  readonly kind: 'fact';
  readonly name: string;
  readonly values: readonly string[];
}

/** Days as eight digits, both included; open where undefined. */
export interface DaysNode {
  readonly kind: 'days';
  readonly name: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
}

export type QueryNode =
  | QueryLeaf
  | FactNode
  | DaysNode
  | { readonly kind: 'not'; readonly node: QueryNode }
  | { readonly kind: 'all'; readonly nodes: readonly QueryNode[] }
  | { readonly kind: 'any'; readonly nodes: readonly QueryNode[] };

/** Why something that looks like a sign of the language was taken for text, or left out. */
export type LiteralReason =
  | 'unknown-field'
  | 'unreadable-value'
  | 'unclosed-quote'
  | 'unclosed-group'
  | 'nothing-to-join'
  | 'too-deep';

export interface LiteralPiece {
  readonly text: string;
  readonly reason: LiteralReason;
}

export interface Query {
  readonly source: string;
  readonly language: QueryLanguage;
  /** Undefined when there is nothing to search for: an empty query sets no condition. */
  readonly root: QueryNode | undefined;
  /** The leaves that are wanted, in order; what to highlight. */
  readonly wanted: readonly QueryLeaf[];
  /** Pieces of the query that set no condition: without letters and digits, or beyond the limits. */
  readonly ignored: readonly string[];
  /** What was not understood as its writer may have meant it. */
  readonly literal: readonly LiteralPiece[];
}
