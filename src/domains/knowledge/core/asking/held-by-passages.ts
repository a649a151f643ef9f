/** Whether passages hold what a sentence says, as far as words can tell: nobody's word is taken for it. */
import { analyse } from '#engines/lexis';

/** So much of its terms must stand in what it cites; rewording in other inflections keeps more than that. */
const leastShared = 0.5;
/** Of more, only the beginning is looked at. */
const longestSentence = 2000;

/**
 * Every number and code of the sentence stands in the passages, and half of its terms do.
 * @param passages Those the sentence cites, with their headings.
 */
export function isHeldBy(sentence: string, passages: readonly string[]): boolean {
  const held = new Set(passages.flatMap((text) => analyse(text).map((term) => term.text)));
  const terms = analyse(sentence.slice(0, longestSentence));
  const exact = terms.filter(({ kind, text }) => kind === 'number' || kind === 'code' || /\d/u.test(text));
  if (terms.length === 0 || exact.some(({ text }) => !held.has(text))) return false;
  const shared = terms.filter(({ text }) => held.has(text)).length;
  return shared / terms.length >= leastShared;
}
