/**
 * Whole words in free text: `ill` is not in `still`. Letters and digits part, so that `SD1.5`, `sd 1.5` and `sd-1-5` are
 * the same words; scripts that write without spaces are looked for as they stand.
 */
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u;

export interface TextWords {
  readonly words: readonly string[];
  /** All of it, folded, for scripts without spaces. */
  readonly folded: string;
}

export function wordsOf(text: string): TextWords {
  const folded = text.normalize('NFKC').toLowerCase();
  return { words: folded.match(/\p{L}+|\p{N}+/gu) ?? [], folded };
}

/** Where the words of a phrase stand one after the other; -1 = nowhere. */
export function findPhrase({ words, folded }: TextWords, phrase: string): number {
  if (unspaced.test(phrase)) return folded.indexOf(phrase.normalize('NFKC').toLowerCase());
  const wanted = wordsOf(phrase).words;
  if (wanted.length === 0) return -1;
  return words.findIndex((_, start) => wanted.every((word, offset) => words[start + offset] === word));
}
