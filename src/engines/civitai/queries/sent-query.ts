/** A query as it leaves: what is sent, what could not be, and what the server cannot be trusted with. */
export interface SentQuery {
  /** In order, repeated names repeated; never a token. */
  readonly sentParameters: readonly QueryParameter[];
  /** Wishes the server refuses or ignores: apply them yourself or tell the person. They must not vanish. */
  readonly notSent: readonly UnsentParameter[];
  /** Parameters that were sent but do not bind the server; check them again on the answer. */
  readonly recheck: readonly string[];
}

export interface QueryParameter {
  readonly name: string;
  readonly value: string;
}

export interface UnsentParameter {
  readonly name: string;
  readonly value: string;
  readonly reason: UnsentReason;
}

/**
 * - `refused`: the server answers 400 to it;
 * - `ignored`: the server takes it and does nothing;
 * - `ignored-with-query`: does nothing beside a text search;
 * - `false-means-true`: any value, also `false`, switches it on;
 * - `clamped`: a smaller value was sent instead.
 */
export type UnsentReason = 'refused' | 'ignored' | 'ignored-with-query' | 'false-means-true' | 'clamped';

/** Collects a query parameter by parameter. */
export interface QueryDraft {
  add(name: string, value: string | number | boolean): void;
  leaveOut(name: string, value: string | number | boolean, reason: UnsentReason): void;
  recheck(name: string): void;
  finish(): SentQuery;
}

export function draftQuery(): QueryDraft {
  const sentParameters: QueryParameter[] = [];
  const notSent: UnsentParameter[] = [];
  const recheck: string[] = [];
  return {
    add: (name, value) => sentParameters.push({ name, value: String(value) }),
    leaveOut: (name, value, reason) => notSent.push({ name, value: String(value), reason }),
    recheck: (name) => recheck.push(name),
    finish: () => ({ sentParameters, notSent, recheck }),
  };
}

/** Sends the page size the server takes and says when it is not the one asked for; 0 and less are left to the default. */
export function addLimit(draft: QueryDraft, limit: number | undefined, largest: number): void {
  if (limit === undefined || !(limit >= 1)) return;
  const whole = Math.floor(limit);
  draft.add('limit', Math.min(whole, largest));
  if (whole > largest) draft.leaveOut('limit', whole, 'clamped');
}

/** Sends a word the server knows; others would be a 400. */
export function addWord(draft: QueryDraft, name: string, value: string | undefined, known: readonly string[]): void {
  if (value === undefined) return;
  if (known.includes(value)) draft.add(name, value);
  else draft.leaveOut(name, value, 'refused');
}

/** Text as typed, trimmed; nothing when it is empty. */
export function addText(draft: QueryDraft, name: string, value: string | undefined): void {
  const text = value?.trim() ?? '';
  if (text !== '') draft.add(name, text);
}

/** For parameters that the server takes as an array only: one value alone is none, so it is said twice. */
export function addRepeated(draft: QueryDraft, name: string, values: readonly string[]): void {
  for (const value of values.length === 1 ? [...values, ...values] : values) draft.add(name, value);
}
