/** What is known of an entry besides its words, as the index holds it: searched and filtered in one expression. */
import { dayOf, factToken, normalise } from '#engines/lexis';

import type { Entry } from './entry-content.ts';
import { isLimited, isOpenToReaders, personsOf } from './reading-scope.ts';

/** Facts by the names they have in the index. No query can name `audience` and `person`. */
export type FactName =
  | 'type'
  | 'status'
  | 'tag'
  | 'author'
  | 'owner'
  | 'severity'
  | 'created'
  | 'updated'
  | 'audience'
  | 'person';

/** Equal however it was typed: width, case and kana do not count. */
export function factValue(text: string): string {
  return normalise(text.trim()).text.slice(0, 120);
}

/** Marks what is not for everybody. */
export const limitedValue = 'limited';

/** As it is, not folded: who sees what is no matter of spelling. */
export function departmentValue(department: string): string {
  return `department ${department}`;
}

export function factsOf(entry: Omit<Entry, 'position'>): string {
  const facts: ReadonlyArray<readonly [FactName, string]> = [
    ['type', entry.type],
    ['status', entry.status],
    ...entry.tags.map((tag) => ['tag', factValue(tag)] as const),
    ['author', factValue(entry.createdBy)],
    ...careOf(entry),
    ['created', dayOf(Date.parse(entry.createdAt))],
    ['updated', dayOf(Date.parse(entry.updatedAt))],
    ...audienceOf(entry),
  ];
  return [...new Set(facts.map(([name, value]) => factToken(name, value)))].join(' ');
}

/** Migration 0002 indexes entries of a time when these were not yet asked for. */
function careOf({ owner, severity }: Partial<Omit<Entry, 'position'>>): ReadonlyArray<readonly [FactName, string]> {
  const known: Array<readonly [FactName, string]> = [];
  if (typeof owner === 'string') known.push(['owner', factValue(owner)]);
  if (typeof severity === 'string') known.push(['severity', severity]);
  return known;
}

/** Nothing for entries that everybody sees, which are nearly all. */
function audienceOf(entry: Omit<Entry, 'position'>): ReadonlyArray<readonly [FactName, string]> {
  if (isOpenToReaders(entry)) return [];
  const { visibility, department } = entry;
  const limits: ReadonlyArray<readonly [FactName, string]> = isLimited(visibility) ? [['audience', limitedValue]] : [];
  const departments: ReadonlyArray<readonly [FactName, string]> =
    visibility === 'department' && department !== null ? [['audience', departmentValue(department)]] : [];
  return [...limits, ...departments, ...personsOf(entry).map((name) => ['person', name] as const)];
}
