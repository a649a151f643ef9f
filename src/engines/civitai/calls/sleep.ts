import { setTimeout as delay } from 'node:timers/promises';

/** Waits `ms` milliseconds; rejects when aborted. Injected where tests own the time. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

export async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal });
}
