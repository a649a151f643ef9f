/** What all calls of a process to the site share: pace, stored answers, breaker, counts – and who hears of waits. */
import { join } from 'node:path';

import {
  type CacheUse,
  type CallGuard,
  createPace,
  type LiveAnswer,
  type OnWait,
  type Pace,
  type RequestLogEntry,
  type Wait,
} from '#engines/civitai';
import type { Clock } from '#kernel/clock';
import type { Logger } from '#platform/log';
import type { Metrics } from '#platform/metrics';

import { callMetrics } from './call-metrics.ts';
import { createFileAnswerCache } from './file-answer-cache.ts';
import { openPaceFile } from './pace-file.ts';
import { paceInterval } from './pace-interval.ts';

export interface CivitaiCallsOptions {
  /** Answers are kept in `civitai/` below it, the pace beside them. */
  readonly cacheFolder: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly guard: CallGuard;
  /** Settings; asked for each call, so that a changed one counts at once. */
  readonly paceMs: () => number;
  readonly freshMs: () => number;
  /** No new try of a call after so long. */
  readonly patienceMs: number;
  readonly onWait?: OnWait;
  readonly onAnswer?: (answer: LiveAnswer) => void;
}

export interface CivitaiCalls extends AsyncDisposable {
  readonly pace: Pace;
  readonly cache: CacheUse;
  readonly guard: CallGuard;
  readonly patienceMs: number;
  readonly onWait: OnWait;
  readonly onAnswer: (answer: LiveAnswer) => void;
  readonly onRequest: (entry: RequestLogEntry) => void;
}

export async function openCivitaiCalls(options: CivitaiCallsOptions): Promise<CivitaiCalls> {
  const { cacheFolder, clock, logger, guard, patienceMs } = options;
  await using stack = new AsyncDisposableStack();
  const measures = callMetrics(options.metrics);
  function onWait(wait: Wait): void {
    options.onWait?.(wait);
  }
  const answers = stack.use(createFileAnswerCache({ folder: join(cacheFolder, 'civitai'), clock, logger }));
  const paceFile = stack.use(await openPaceFile({ path: join(cacheFolder, 'civitai-pace.json'), clock, logger }));
  const pace = createPace({
    clock,
    patienceMs,
    intervalMs: paceInterval(options.paceMs),
    restored: paceFile.restored,
    onChange: () => paceFile.changed(() => pace.snapshot()),
    onWait,
  });
  const owned = stack.move();
  return {
    pace,
    cache: { answers, freshMs: options.freshMs, onRead: (result) => measures.cacheRead(result) },
    guard,
    patienceMs,
    onWait,
    onAnswer: (answer) => options.onAnswer?.(answer),
    onRequest: (entry) => measures.exchanged(entry),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
