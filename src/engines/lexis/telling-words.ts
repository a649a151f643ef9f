/** The words a text is about, for finding others like it. */
import { carriesMeaning, segmented } from './content-words.ts';

/** The rest of a longer text hardly changes what it is about. */
const longestRead = 6000;

/** Each word that carries meaning with how often it stands there, the most frequent first; as first written. */
export function tellingWords(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, { readonly word: string; count: number }>();
  for (const word of segmented(text.slice(0, longestRead))) {
    if (!isTelling(word)) continue;
    const key = word.toLowerCase();
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { word, count: 1 });
    else known.count += 1;
  }
  const sorted = [...counts.values()].toSorted((a, b) => b.count - a.count);
  return new Map(sorted.map(({ word, count }) => [word, count]));
}

/** Single letters and kana, and numbers by themselves, are in every text. */
function isTelling(word: string): boolean {
  return word.length > 1 && !/^(?:\d+|[ぁ-ゖ]{1,3})$/u.test(word) && carriesMeaning(word);
}
