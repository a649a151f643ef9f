/** Looks once a second whether a schedule is due: what a server does beside its work. */
import { setTimeout as sleep } from 'node:timers/promises';

import { SECOND } from '#kernel/units';

import type { Scheduler } from './scheduler.ts';

export interface TickerOptions {
  readonly scheduler: Pick<Scheduler, 'enqueueDue'>;
  /** Names this node in the lease: host and process id. */
  readonly holder: string;
  /** The database away, for example; the next second is another try. */
  readonly reportError: (error: unknown) => void;
  /** Default 1000. */
  readonly everyMs?: number;
}

/** Runs until disposed of, which waits for the look in progress. */
export function startScheduleTicker(options: TickerOptions): AsyncDisposable {
  const stopping = new AbortController();
  const loop = tick(options, stopping.signal);
  return {
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await loop;
    },
  };
}

async function tick({ scheduler, holder, reportError, everyMs = SECOND }: TickerOptions, signal: AbortSignal) {
  while (!signal.aborted) {
    try {
      await scheduler.enqueueDue(holder);
    } catch (error) {
      reportError(error);
    }
    await sleep(everyMs, undefined, { signal }).catch(() => undefined);
  }
}
