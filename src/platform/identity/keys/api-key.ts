/** API keys (P-034): 256 random bits behind a prefix people and scanners recognise; only a keyed hash is stored. */
import { createHmac } from 'node:crypto';

import type { Random } from '#kernel/clock';

const prefix = 'kura_';
/** Shown in lists; leaves 214 bits to guess. */
const shownLength = prefix.length + 7;

export function newApiKey(random: Random): string {
  return `${prefix}${Buffer.from(random.bytes(32)).toString('base64url')}`;
}

export function shownPrefix(key: string): string {
  return key.slice(0, shownLength);
}

/** Without the server's secret a copied database does not even tell whether a guessed key is right. */
export function keyedHash(key: string, secret: string): string {
  return createHmac('sha256', secret).update(key).digest('hex');
}
