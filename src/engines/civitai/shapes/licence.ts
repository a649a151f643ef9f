/** What a creator permits. Missing means unknown, never allowed (models.md M-172, trap 10). */
import { z } from 'zod';

import { anything, flag, type Raw, readWords } from './lenient.ts';

export interface Licence {
  /**
   * The commercial rights granted, each once, sorted; empty = none, null = the answer did not say.
   * Today's values: Image, RentCivit, Rent, Sell. Values unknown here are kept.
   */
  readonly allowCommercialUse: readonly string[] | null;
  /** Whether the creator need not be named. */
  readonly allowNoCredit: boolean | null;
  readonly allowDerivatives: boolean | null;
  /** Whether a derivative may carry other permissions. */
  readonly allowDifferentLicense: boolean | null;
}

const schema = z.object({
  allowCommercialUse: anything,
  allowNoCredit: flag,
  allowDerivatives: flag,
  allowDifferentLicense: flag,
});

/** Until 2024 one word granted itself and every right before it. */
const ladder: readonly string[] = ['Image', 'RentCivit', 'Rent', 'Sell'];

export function readLicence(raw: Raw): Licence {
  const fields = schema.parse(raw);
  return {
    allowCommercialUse: readCommercialUse(fields.allowCommercialUse),
    allowNoCredit: fields.allowNoCredit ?? null,
    allowDerivatives: fields.allowDerivatives ?? null,
    allowDifferentLicense: fields.allowDifferentLicense ?? null,
  };
}

/** Whether the licence grants the commercial `right`; null when the answer did not say. */
export function permitsCommercialUse(licence: Licence, right: string): boolean | null {
  return licence.allowCommercialUse?.includes(right) ?? null;
}

/** Three eras: `["Image","Sell"]` (a set), `"{Image,RentCivit}"` (the same, as PostgreSQL prints it), `"Sell"`. */
function readCommercialUse(value: unknown): readonly string[] | null {
  if (Array.isArray(value)) return rightsOf(readWords(value));
  if (typeof value !== 'string') return null;
  const braced = /^\{(.*)\}$/.exec(value.trim());
  if (braced !== null) return rightsOf((braced[1] ?? '').split(','));
  const step = ladder.indexOf(value.trim());
  return rightsOf(step === -1 ? [value] : ladder.slice(0, step + 1));
}

function rightsOf(words: readonly string[]): readonly string[] {
  const rights = words.map((word) => word.replaceAll('"', '').trim()).filter((word) => word !== '' && word !== 'None');
  return [...new Set(rights)].sort();
}
