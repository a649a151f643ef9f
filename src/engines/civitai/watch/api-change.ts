/** One difference between what an endpoint used to answer and what it answers now. */
export const changeKinds = [
  'field-added',
  'field-missing',
  'field-renamed',
  'field-moved',
  'field-optional',
  'type-changed',
  'null-appeared',
  'value-added',
  'form-changed',
  'range-changed',
  'status-changed',
  'content-type-changed',
  'header-added',
  'cursor-repeated',
  'page-size-changed',
  'page-empty',
  'body-empty',
  'body-html',
  'body-xml',
  'body-truncated',
  'body-not-json',
  'body-double-encoded',
  'body-huge',
] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** How much of Kura's work with the endpoint it touches: low = none, critical = nothing can be read. */
export const impacts = ['low', 'medium', 'high', 'critical'] as const;
export type Impact = (typeof impacts)[number];

export interface ApiChange {
  readonly endpoint: string;
  readonly kind: ChangeKind;
  /** Place in the answer, see `FieldShape`; `$` where the answer as a whole is meant. */
  readonly path: string;
  /** What was known, in short; empty when nothing was there. */
  readonly was: string;
  /** What came instead. */
  readonly now: string;
  readonly impact: Impact;
  /** Something more, nothing less: whoever read the old answers reads these too. */
  readonly additive: boolean;
}

/** Two sightings of the same change have the same key. */
export function changeKey({ endpoint, kind, path, now, additive }: ApiChange): string {
  // What came instead tells new values apart; elsewhere it may differ each time and the change is still one.
  return [endpoint, kind, path, additive || kind === 'type-changed' ? now : ''].join(' ');
}

export function isAtLeast(impact: Impact, floor: Impact): boolean {
  return impacts.indexOf(impact) >= impacts.indexOf(floor);
}

export function worstImpact(changes: readonly ApiChange[]): Impact | undefined {
  return impacts.findLast((impact) => changes.some((change) => change.impact === impact));
}
