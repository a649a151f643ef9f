import { KuraError } from '#kernel/errors';

const longestKey = 255;

/**
 * The key of the `Idempotency-Key` header, with or without the quotes of a structured string (RFC 8941).
 * @throws KuraError invalid `idempotency.bad-key`
 */
export function readIdempotencyKey(header: string | readonly string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  const text = typeof header === 'string' ? header.trim() : '';
  const key = /^"(.*)"$/.exec(text)?.[1] ?? text;
  if (!/^[\x21\x23-\x7e]+$/.test(key) || key.length > longestKey) {
    throw new KuraError('invalid', 'idempotency.bad-key', { params: { longest: longestKey } });
  }
  return key;
}
