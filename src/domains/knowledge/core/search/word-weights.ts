/** What an entry is about: its telling words, those of title and tags more than those of the text. */
import { tellingWords } from '#engines/lexis';

import type { Entry } from '../entries/entry-content.ts';

/** Titles and tags name what the entry is about. */
const worth = { title: 3, tags: 3, body: 1 };
/** A word that comes more often says no more. */
const mostCounted = 3;

export function wordWeights({
  title,
  tags,
  body,
}: Pick<Entry, 'title' | 'tags' | 'body'>): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  for (const [text, each] of [
    [title, worth.title],
    [tags.join('\n'), worth.tags],
    [body, worth.body],
  ] as const) {
    for (const [word, count] of tellingWords(text)) {
      const key = word.toLowerCase();
      weights.set(key, (weights.get(key) ?? 0) + Math.min(count, mostCounted) * each);
    }
  }
  return weights;
}
