/**
 * The API spells types and base models in one way only; people do not. Known names are data, others pass through as
 * typed, so that what the site adds tomorrow can be asked for today (models.md M-002…M-004, trap 1).
 */
import { findWord, plainWord } from '../../contract/index.ts';
import { baseWords } from './base-models.ts';
import { typeWords } from './model-kinds.ts';

export function spellType(text: string): string {
  return findWord(text, typeWords)?.word ?? text.trim();
}

export function spellBaseModel(text: string): string {
  return findWord(text, baseWords)?.word ?? text.trim();
}

/** Whether two names are the same to a person. */
export function sameName(a: string, b: string): boolean {
  return a === b || plainWord(a) === plainWord(b);
}
