import { isCivitaiId } from '../ids.ts';

/** The id that `text` spells in plain decimal digits, or null. */
export function readId(text: string | null | undefined): number | null {
  if (text === null || text === undefined || !/^\d{1,10}$/.test(text)) return null;
  const value = Number(text);
  return isCivitaiId(value) ? value : null;
}
