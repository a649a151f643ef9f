/** One key for every query that asks the same, whatever the order, case and spacing of its words (M-033). */
import { createHash } from 'node:crypto';

import type { CollectQuery } from '../../contract/index.ts';

/** Whose words mean the same in any case; the text itself is the site's to judge. */
const nameLists = new Set(['type', 'base', 'tag', 'anyTag', 'notTag', 'category', 'license', 'format']);

export function searchKey(query: CollectQuery): string {
  return createHash('sha256')
    .update(JSON.stringify(normalised(query)))
    .digest('hex');
}

function normalised(query: CollectQuery): readonly (readonly [string, unknown])[] {
  return Object.entries(query)
    .map(([name, value]) => [name, normalisedValue(name, value)] as const)
    .filter(([, value]) => value !== undefined)
    .toSorted(([a], [b]) => compare(a, b));
}

function normalisedValue(name: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? undefined : normalisedList(name, value.map(String));
  if (typeof value !== 'string') return value;
  const text = spaced(value);
  if (text === '') return undefined;
  return name === 'creator' ? text.toLowerCase() : text;
}

function normalisedList(name: string, words: readonly string[]): readonly string[] {
  const spelled = words.map((word) => (nameLists.has(name) ? spaced(word).toLowerCase() : spaced(word)));
  return [...new Set(spelled)].toSorted(compare);
}

function spaced(text: string): string {
  return text.normalize('NFKC').trim().replaceAll(/\s+/g, ' ');
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
