/**
 * A passphrase for paper: 256 random bits in groups that can be typed, the last group a check sum. Typed or scanned it
 * comes with capitals, spaces and line breaks of its own; all of them are taken for the same.
 */
import { createHash } from 'node:crypto';

import type { Random } from '#kernel/clock';
import { KuraError } from '#kernel/errors';

const PREFIX = 'kuravault1';

export function createRecoveryCode(random: Random): string {
  const secret = Buffer.from(random.bytes(32)).toString('hex');
  const groups = `${secret}${checkOf(secret)}`.match(/.{4}/g) ?? [];
  return [PREFIX, ...groups].join('-').toUpperCase();
}

/**
 * A recovery code in its one spelling, any other passphrase as it is.
 * @throws KuraError invalid `vault.recovery-code-mistyped`.
 */
export function normalisedPassphrase(passphrase: string): string {
  const plain = passphrase.replaceAll(/[\s-]/g, '').toLowerCase();
  if (!plain.startsWith(PREFIX)) return passphrase;
  const [, secret, check] = /^([0-9a-f]{64})([0-9a-f]{4})$/.exec(plain.slice(PREFIX.length)) ?? [];
  if (secret === undefined || check !== checkOf(secret)) throw new KuraError('invalid', 'vault.recovery-code-mistyped');
  return `${PREFIX}-${secret}`;
}

function checkOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex').slice(0, 4);
}
