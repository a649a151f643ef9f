import { statedBases } from './base-signatures.ts';

/** The base that a trainer's word for an architecture stands for; undefined for words nobody here knows. */
export function baseOfNote(note: string): string | undefined {
  return statedBases.find(([pattern]) => pattern.test(note))?.[1];
}
