/** The record of who let a file in, kept with the file. */
import type { Actor } from '#platform/unit-of-work';

import type { Admission } from '../../contract/index.ts';
import type { Ruling } from './scan-policy.ts';

/** Null where nobody had to. */
export function admissionBy(
  { name }: Actor,
  { action, rules }: Ruling,
  { reason, at }: Pick<Admission, 'reason' | 'at'>,
): Admission | null {
  return action === 'pass' ? null : { by: name, at, reason, action, rules };
}
