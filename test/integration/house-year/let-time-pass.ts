/** What a server does at a moment: schedules become jobs, jobs run, events become alerts, until nothing is left to do. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';

import type { AppContext } from '#app/context';
import { nowInstant } from '#kernel/clock';
import type { KuraError } from '#kernel/errors';
import { toKuraError } from '#kernel/errors';

interface CursorRows {
  kura_event_cursors: { subscriber: string; position: number };
}

/** Reads events as a server would; alerts follow them. */
export async function letTimePass(context: AppContext): Promise<void> {
  await context.scheduler.enqueueDue('year');
  await eventsRead(context);
  while (await runDueJobs(context)) await eventsRead(context);
}

async function runDueJobs({ jobs, jobHandlers, clock }: AppContext): Promise<boolean> {
  const now = nowInstant(clock);
  const due = (await jobs.list({ status: 'queued', limit: 500 })).filter(({ runAfter }) => runAfter <= now);
  const names = new Set(due.map(({ name }) => name));
  const wanted = jobHandlers.filter(({ kind }) => names.has(kind.name));
  const claimed = await jobs.claim(
    wanted.map(({ kind }) => ({ kind, limit: 100 })),
    'year',
  );
  for (const job of claimed) {
    const handled = wanted.find(({ kind }) => kind.name === job.kind.name);
    const failed = await failureOf(async () => {
      const { id, payload, attempt, progress } = job;
      const signal = new AbortController().signal;
      await handled?.handler({ id, payload, attempt, progress, signal, report: () => undefined });
    });
    await jobs.finish(job, failed === undefined ? { kind: 'done' } : { kind: 'failed', error: failed });
    assert.ifError(failed);
  }
  return claimed.length > 0;
}

async function failureOf(work: () => Promise<void>): Promise<KuraError | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return toKuraError(error);
  }
}

async function eventsRead({ database, events, alerts }: AppContext): Promise<void> {
  const latest = await events.latest();
  for (;;) {
    const cursor = await database
      .tables<CursorRows>()
      .selectFrom('kura_event_cursors')
      .select('position')
      .where('subscriber', '=', alerts.subscriber.name)
      .executeTakeFirst();
    if ((cursor?.position ?? 0) >= latest) return;
    await sleep(1);
  }
}
