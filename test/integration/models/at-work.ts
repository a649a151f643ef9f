/** Workers over the jobs of a bench, and waiting for what they do. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';

import { systemClock } from '#kernel/clock';
import { type JobWorkers, startJobWorkers } from '#platform/jobs';

import type { ModelBench } from '../../../src/domains/models/testing/model-bench.ts';

export function work(bench: ModelBench): JobWorkers {
  return startJobWorkers({
    queue: bench.jobs,
    handled: bench.models.jobHandlers,
    clock: systemClock,
    worker: 'test',
    reportError: () => undefined,
    pollMs: 20,
  });
}

/** Waits for the condition, at most 30 s. */
export async function until<Value>(read: () => Promise<Value>, isThere: (value: Value) => boolean): Promise<Value> {
  const end = Date.now() + 30_000;
  for (;;) {
    const value = await read();
    if (isThere(value)) return value;
    assert.ok(Date.now() < end, `still ${JSON.stringify(value)}`);
    await sleep(20);
  }
}
