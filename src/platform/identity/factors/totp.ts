/** One-time codes by time (RFC 6238): six digits, 30 seconds, SHA-1, which is what authenticator apps know. */
import { Secret, TOTP } from 'otpauth';

import type { Random } from '#kernel/clock';

/** A phone's clock may be off by so many steps, either way. */
const tolerance = 1;
/** RFC 4226 asks for 160 bits. */
const secretBytes = 20;

/** Base32, as people type it where they cannot scan. */
export function newTotpSecret(random: Random): string {
  return secretOf(random.bytes(secretBytes)).base32;
}

/** What the picture to scan says. */
export function totpUri(secret: string, username: string): string {
  return totpOf(secret, username).toString();
}

/** The time step whose code this is; undefined for a wrong code, and for a step that is not after `lastStep`. */
export function matchingStep(secret: string, code: string, now: number, lastStep: number): number | undefined {
  const totp = totpOf(secret, '');
  const delta = totp.validate({ token: code, timestamp: now, window: tolerance });
  if (delta === null) return undefined;
  const step = totp.counter({ timestamp: now }) + delta;
  return step > lastStep ? step : undefined;
}

function totpOf(secret: string, label: string): TOTP {
  return new TOTP({
    issuer: 'Kura',
    label,
    secret: Secret.fromBase32(secret),
    algorithm: 'SHA1',
    digits: 6,
    period: 30,
  });
}

function secretOf(bytes: Uint8Array): Secret {
  return new Secret({ buffer: Uint8Array.from(bytes).buffer });
}
