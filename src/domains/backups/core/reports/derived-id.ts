/**
 * An id made from what it stands for (UUIDv8, RFC 9562 §5.8): a run that is told twice, or by two servers at once, has one id,
 * and runs are in the same order however their reports arrived.
 */
import { createHash } from 'node:crypto';

export function derivedId(...words: readonly string[]): string {
  const raw = createHash('sha256').update(JSON.stringify(words)).digest().subarray(0, 16);
  raw[6] = ((raw[6] ?? 0) & 0x0f) | 0x80;
  raw[8] = ((raw[8] ?? 0) & 0x3f) | 0x80;
  const hex = raw.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
