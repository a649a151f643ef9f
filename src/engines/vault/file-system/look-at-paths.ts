/**
 * Looking at a path takes microseconds where its inode is at hand, and asking another thread to do so takes ten times as
 * long. So it is done on this thread while it is quick, and others get their turn every few milliseconds; where it is not
 * (a share over the network, a disk that has to seek), other threads do it.
 */
import { type BigIntStats, lstatSync } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';

import { systemClock } from '#kernel/clock';

export type LookAtPath = (path: Buffer) => Promise<BigIntStats>;

const TURN_MS = 5;
const SLOW_MS = 1;
/** A few slow ones are chance: the thread had to wait for the processor. */
const SLOW_ONES = 20;

export function createLookAtPaths(): LookAtPath {
  let turnSince = systemClock.monotonic();
  let slowOnes = 0;
  return async (path) => {
    if (slowOnes >= SLOW_ONES) return await lstat(path, { bigint: true });
    if (systemClock.monotonic() - turnSince > TURN_MS) {
      await setImmediate();
      turnSince = systemClock.monotonic();
    }
    const before = systemClock.monotonic();
    const facts = lstatSync(path, { bigint: true });
    if (systemClock.monotonic() - before > SLOW_MS) slowOnes += 1;
    return facts;
  };
}
