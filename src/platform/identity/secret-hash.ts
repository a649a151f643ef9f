/** Session ids and link codes are 256-bit random values; only their SHA-256 is stored, so a copied database opens nothing. */
import { createHash } from 'node:crypto';

import type { Random } from '#kernel/clock';

export function newSecret(random: Random): string {
  return Buffer.from(random.bytes(32)).toString('base64url');
}

export function secretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
