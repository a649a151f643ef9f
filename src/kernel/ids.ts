/** Time-ordered ids made by the application (UUIDv7, RFC 9562 §5.7): sortable by creation, safe to merge. */
import type { Clock, Random } from './clock.ts';

export interface IdSource {
  next(): string;
}

export function createIdSource(clock: Clock, random: Random): IdSource {
  return { next: () => uuidV7(clock.now(), random.bytes(10)) };
}

function uuidV7(unixMs: number, entropy: Uint8Array): string {
  const raw = Buffer.alloc(16);
  raw.writeUIntBE(unixMs, 0, 6);
  raw.set(entropy, 6);
  raw[6] = ((raw[6] ?? 0) & 0x0f) | 0x70;
  raw[8] = ((raw[8] ?? 0) & 0x3f) | 0x80;
  const hex = raw.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
