/**
 * Questions that a person has to see to (K-110): told by words in them, a rule and no judgement, and answered with whom to
 * turn to, beside what was found.
 */
import { normalise } from '#engines/lexis';

import type { Escalation } from '../../contract/index.ts';

export interface EscalationRules {
  /** In any spelling; Latin letters count as whole words. */
  readonly words: readonly string[];
  /** Whom to turn to, as the house wrote it; null: the house has not said. */
  readonly contact: string | null;
}

export const noEscalation: EscalationRules = { words: [], contact: null };

/** Null where no word of the rules stands in the question. */
export function escalationOf(question: string, { words, contact }: EscalationRules): Escalation | null {
  const asked = normalise(question).text;
  const found = words.filter((word) => stands(normalise(word).text, asked));
  return found.length === 0 ? null : { words: found, contact };
}

/** Looked for step by step: no pattern is made of what people typed. */
function stands(word: string, text: string): boolean {
  if (word === '') return false;
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    const end = at + word.length;
    const goesOnBefore = isLatin(word.charAt(0)) && isLatin(text.charAt(at - 1));
    const goesOnAfter = isLatin(word.charAt(word.length - 1)) && isLatin(text.charAt(end));
    if (!goesOnBefore && !goesOnAfter) return true;
  }
  return false;
}

function isLatin(char: string): boolean {
  return /^[a-z0-9]$/.test(char);
}
