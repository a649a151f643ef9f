import { normalise } from '#engines/lexis';

/** A question in one spelling: what differs in width, case and kana only is the same. */
export function foldedQuestion(question: string): string {
  return normalise(question.normalize('NFKC').replaceAll(/\s+/gu, ' ').trim()).text;
}
