import { termTexts } from './analyse.ts';
import { encodeTerm, everyText } from './token-code.ts';

/**
 * What to store in an FTS5 column (tokenize = 'unicode61') or in posting lists of one's own: one token per term,
 * joined by blanks, in the order of the text. Wholes such as `ora-01017` follow at the end behind the token every text
 * has, where they cannot part neighbours or gain new ones. Never shown to people; highlights come from the original
 * through `snippet`.
 */
export function indexText(text: string): string {
  const { sequence, wholes } = termTexts(text);
  return [...sequence.map(encodeTerm), everyText, ...wholes.map(encodeTerm)].join(' ');
}
