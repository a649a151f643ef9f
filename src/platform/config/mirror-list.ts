/** Setting `downloads.mirrors`: addresses of places that hold model files, with gaps for what names one. */
import { z } from 'zod';

import { namesOf } from './comma-list.ts';

/** Filled with the SHA-256 (lower case) and the file's name, escaped for an address. */
const gaps = ['{sha256}', '{name}'];

/** Templates in the order in which they are asked; joined by commas, which an address writes as %2C. */
export const mirrorList = z
  .string()
  .refine((text) => namesOf(text).every((one) => isTemplate(one)), 'must be addresses with {sha256} or {name}')
  .default('');

/** A name of a stranger decides about a path at most, never about the machine that is asked. */
function isTemplate(template: string): boolean {
  if (!gaps.some((gap) => template.includes(gap))) return false;
  const [one, other] = ['a', 'b'].map((text) =>
    URL.parse(gaps.reduce((filled, gap) => filled.replaceAll(gap, text), template)),
  );
  if (!one || !other) return false;
  return /^https?:$/.test(one.protocol) && one.host === other.host && one.username === '' && one.password === '';
}
