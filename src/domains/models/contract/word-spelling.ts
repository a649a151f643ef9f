/** How words are compared that people type: case, width, spaces and punctuation are taste. Safe for browsers. */
import { z } from 'zod';

import { worded } from '#platform/contract';

/** A listed word with the other ways to say it. */
export interface SpelledWord<Word extends string = string> {
  readonly word: Word;
  readonly aliases: readonly string[];
}

/** Letters and digits of every script, width and case folded; what stands between them does not count. */
export function plainWord(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** The listed word that a text means, by itself or by one of its aliases. */
export function findWord<Word extends string>(
  text: string,
  words: readonly SpelledWord<Word>[],
): SpelledWord<Word> | undefined {
  const wanted = plainWord(text);
  if (wanted === '') return undefined;
  return (
    words.find(({ word }) => plainWord(word) === wanted) ??
    words.find(({ aliases }) => aliases.some((alias) => plainWord(alias) === wanted))
  );
}

/** Words that a person may have meant, nearest first, at most three; none when nothing is near. */
export function nearestWords<Word extends string>(text: string, words: readonly SpelledWord<Word>[]): readonly Word[] {
  const wanted = plainWord(text).slice(0, LONGEST);
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  return words
    .map(({ word, aliases }) => ({
      word,
      distance: Math.min(...[word, ...aliases].map((name) => distanceTo(wanted, plainWord(name), limit))),
    }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ word }) => word);
}

/** Matches a listed word however it is written; anything else is an error that names the nearest words, or all. */
export function spelledFreely<Word extends string>(words: readonly SpelledWord<Word>[]) {
  return z.string().transform((text, context): Word => {
    const found = findWord(text, words);
    if (found !== undefined) return found.word;
    const near = nearestWords(text, words);
    const params = { text: text.slice(0, LONGEST), all: words.map(({ word }) => word).join(', ') };
    const unknown = `unknown word “${params.text}”`;
    context.addIssue({
      code: 'custom',
      ...(near.length === 0
        ? worded('models.word-unknown', `${unknown} – it must be one of ${params.all}`, params)
        : worded('models.word-misspelt', `${unknown} – did you mean ${near.join(' or ')}? (all: ${params.all})`, {
            ...params,
            near: near.join(', '),
          })),
    });
    return z.NEVER;
  });
}

/** Beyond this nobody misspells a name. */
const LONGEST = 60;

/** Edits from one text to the other, a swap of neighbours counting once; anything above `limit` is just "more". */
function distanceTo(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1];
      const isSwapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      next.push(
        Math.min(
          at(last, column) + 1,
          at(next, column - 1) + 1,
          at(last, column - 1) + (isSame ? 0 : 1),
          isSwapped ? at(before, column - 2) + 1 : Infinity,
        ),
      );
    }
    before = last;
    last = next;
  }
  return at(last, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity;
}
