/** What it costs to give content its name. */
import { createHash, createHmac, randomBytes } from 'node:crypto';

import { Blake3Hasher } from '@napi-rs/blake-hash';

import { MIB } from '#kernel/units';

const BYTES = 64 * MIB;
const ROUNDS = 5;

/** CPU seconds per GB, the best of a few rounds. */
export function hashRates(): ReadonlyMap<string, number> {
  const content = randomBytes(BYTES);
  const key = randomBytes(32);
  const ways: Readonly<Record<string, () => unknown>> = {
    BLAKE3: () => new Blake3Hasher().update(content).digest(),
    'BLAKE3, keyed': () => Blake3Hasher.newKeyed(key).update(content).digest(),
    'SHA-256': () => createHash('sha256').update(content).digest(),
    'HMAC-SHA-256': () => createHmac('sha256', key).update(content).digest(),
  };
  return new Map(Object.entries(ways).map(([name, work]) => [name, best(work)]));
}

function best(work: () => unknown): number {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const started = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(started);
    return (user + system) / 1e6 / (BYTES / 1e9);
  });
  return Math.min(...rounds);
}
