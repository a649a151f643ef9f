/** How much two texts say the same, by pairs of what stands side by side: letters of Japanese, words of other languages. */
import { normalise } from '#engines/lexis';

export interface ComparedText {
  readonly title: string;
  readonly body: string;
}

/** From here on people mostly call two texts the same; see the pairs in the test beside. */
export const leastSimilarity = 0.3;
/** Of longer texts the beginning tells. */
const longestCompared = 20_000;

/** Made once for a text that is compared with several. */
export interface TextPairs {
  readonly title: ReadonlySet<string>;
  readonly body: ReadonlySet<string>;
}

export function pairsOf({ title, body }: ComparedText): TextPairs {
  return { title: pairs(title), body: pairs(body.slice(0, longestCompared)) };
}

const japaneseRuns = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+/gu;
const otherWords = /[\p{L}\p{N}]+/gu;

/** Two letters of Japanese say what a word does elsewhere; two letters of English stand in every text, two words do not. */
function pairs(text: string): ReadonlySet<string> {
  const normal = normalise(text).text;
  const japanese = Array.from(normal.matchAll(japaneseRuns), ([run]) => neighbours(Array.from(run), '')).flat();
  const words = Array.from(normal.replaceAll(japaneseRuns, ' ').matchAll(otherWords), ([word]) => word);
  return new Set([...japanese, ...neighbours(words, ' '), ...words.filter((word) => word.length > 5)]);
}

function neighbours(parts: readonly string[], joint: string): readonly string[] {
  return parts.slice(1).map((part, before) => `${parts[before]}${joint}${part}`);
}

/** From 0 to 1. Titles are short, so that they count less than texts. */
export function similarity(one: TextPairs, other: TextPairs): number {
  const title = shareOf(one.title, other.title);
  const body = shareOf(one.body, other.body);
  return Math.max(title * 0.35 + body * 0.65, body * 0.95);
}

/**
 * What both hold, against the mean of all and the smaller: a text inside a longer one is a duplicate, too, though a short
 * one is in every long one by chance.
 */
function shareOf(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  if (one.size === 0 || other.size === 0) return 0;
  const shared = [...one].filter((pair) => other.has(pair)).length;
  const smaller = Math.min(one.size, other.size);
  const overall = shared / (one.size + other.size - shared);
  const inside = shared / smaller;
  return (overall + inside) / 2;
}
