/** Passwords as Argon2id (RFC 9106) in PHC strings, which carry their own parameters. */
import { argon2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

import type { Random } from '#kernel/clock';

interface Cost {
  /** KiB. */
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

/** OWASP Password Storage Cheat Sheet: 19 MiB, two passes, one lane. */
const cost: Cost = { memory: 19_456, passes: 2, parallelism: 1 };
const tagBytes = 32;
const derive = promisify(argon2);

export async function hashPassword(password: string, random: Random): Promise<string> {
  const nonce = Buffer.from(random.bytes(16));
  return phcOf(cost, nonce, await tagOf(password, nonce, cost));
}

/** Works as long without a stored hash, so that its duration does not tell which names exist. */
export async function verifyPassword(password: string, stored: string | null | undefined): Promise<boolean> {
  const parsed = typeof stored === 'string' ? parsePhc(stored) : undefined;
  const { nonce, tag, cost: asStored } = parsed ?? { nonce: Buffer.alloc(16), tag: Buffer.alloc(tagBytes), cost };
  const same = timingSafeEqual(await tagOf(password, nonce, asStored), tag);
  return same && parsed !== undefined;
}

/** Whether the hash was made at another cost than today's. */
export function isOutdated(stored: string): boolean {
  const parsed = parsePhc(stored)?.cost;
  return parsed === undefined || JSON.stringify(parsed) !== JSON.stringify(cost);
}

function tagOf(password: string, nonce: Buffer, { memory, passes, parallelism }: Cost): Promise<Buffer> {
  // The same characters typed on another keyboard may come in other code points (NIST SP 800-63B §5.1.1.2).
  const message = password.normalize('NFKC');
  return derive('argon2id', { message, nonce, memory, passes, parallelism, tagLength: tagBytes });
}

function phcOf({ memory, passes, parallelism }: Cost, nonce: Buffer, tag: Buffer): string {
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(nonce)}$${unpadded(tag)}`;
}

function parsePhc(text: string): { readonly cost: Cost; readonly nonce: Buffer; readonly tag: Buffer } | undefined {
  const match = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([\w+/]+)\$([\w+/]+)$/.exec(text);
  if (match === null) return undefined;
  const [, memory, passes, parallelism, nonce = '', tag = ''] = match;
  const parsed = {
    cost: { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) },
    nonce: Buffer.from(nonce, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  };
  return parsed.tag.length === tagBytes ? parsed : undefined;
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
