/** The same word written otherwise: with other okurigana, or its number in kanji or figures. */
import { numeralVariants } from './kanji-numerals.ts';
import { okuriganaVariants } from './okurigana.ts';

/** The other ways to write `word`; none for most words. */
export function writtenVariants(word: string): readonly string[] {
  return [...okuriganaVariants(word), ...numeralVariants(word)];
}

/** Words that the dictionary cut, joined again where together they are one that `isKnown`: 打|ち|合わせ. */
export function withKnownCompounds(
  words: readonly string[],
  text: string,
  isKnown: (compound: string) => boolean,
): readonly string[] {
  const joined: string[] = [];
  for (const word of words) {
    const taken = [2, 1].find((count) => {
      const compound = joined.slice(-count).join('') + word;
      return joined.length >= count && text.includes(compound) && isKnown(compound);
    });
    const before = taken === undefined ? [] : joined.splice(-taken);
    joined.push([...before, word].join(''));
  }
  return joined;
}
