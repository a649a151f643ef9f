/** Watches: saved searches that are looked at by time (M-136). */
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { JobContext } from '#platform/jobs';
import { defineSchedule, type Scheduler, type ScheduleView, type Timing } from '#platform/schedule';
import type { Actor, WriteTransaction } from '#platform/unit-of-work';

import { removeCollectionsOf } from '../../store/collection-store.ts';
import {
  type FindingFilter,
  findSavedSearch,
  findWatch,
  insertWatch,
  listFindings,
  listWatches,
  markSeen,
  removeWatchRow,
  type StoredFinding,
  type Watch,
  watchCounts,
} from '../../store/watch-store.ts';
import type { CollectingDeps } from '../collecting/collecting-deps.ts';
import type { RunCollectionOptions } from '../collecting/run-collection.ts';
import { requireSavedSearch } from '../saved-searches/saved-searches.ts';
import { requireWatch, runWatch, type WatchRun } from './run-watch.ts';
import { runWatchJob } from './watch-job.ts';

export interface WatchDeps extends CollectingDeps {
  readonly scheduler: Pick<Scheduler, 'upsert' | 'remove' | 'setEnabled' | 'trigger' | 'find'>;
}

/** A watch with its search, its schedule and its counts. */
export interface WatchState {
  readonly watch: Watch;
  readonly search: string;
  readonly schedule: ScheduleView | undefined;
  readonly known: number;
  readonly unseen: number;
}

export interface NewWatch {
  readonly name: string;
  /** Name of a saved search. */
  readonly search: string;
  readonly timing: Timing;
}

/** Errors are those of the functions behind; `models.watch-not-found` for a name nobody gave. */
export interface Watches {
  readonly add: (watch: NewWatch, actor: Actor) => Promise<WatchState>;
  readonly list: () => Promise<readonly WatchState[]>;
  readonly read: (name: string) => Promise<WatchState>;
  /** Here and now. */
  readonly run: (name: string, options: RunCollectionOptions) => Promise<WatchRun>;
  /** As a job of the server; answers with its id. */
  readonly trigger: (name: string, actor: Actor) => Promise<string>;
  readonly setEnabled: (name: string, enabled: boolean, actor: Actor) => Promise<WatchState>;
  readonly remove: (name: string, actor: Actor) => Promise<void>;
  readonly findings: (
    name: string,
    filter: FindingFilter,
  ) => Promise<{ readonly items: readonly StoredFinding[]; readonly nextCursor: string | undefined }>;
  /** Up to this position; without one all. */
  readonly markSeen: (name: string, upTo: number | undefined, actor: Actor) => Promise<WatchState>;
}

export function createWatches(deps: WatchDeps): Watches {
  const { database, unitOfWork, scheduler } = deps;
  async function change(name: string, actor: Actor, work: (tx: WriteTransaction, watch: Watch) => Promise<void>) {
    await unitOfWork.write(actor, async (tx) => work(tx, await requireWatch(tx, { name })));
  }
  async function read(name: string): Promise<WatchState> {
    return stateOf(deps, await requireWatch(database, { name }));
  }
  return {
    add: async (watch, actor) => {
      await unitOfWork.write(actor, async (tx) => add(deps, tx, watch));
      return read(watch.name);
    },
    list: async () => Promise.all((await listWatches(database)).map(async (watch) => stateOf(deps, watch))),
    read,
    run: async (name, options) => runWatch(deps, (await requireWatch(database, { name })).id, options),
    trigger: async (name, actor) =>
      unitOfWork.write(actor, async (tx) => scheduler.trigger(tx, scheduleOf(await requireWatch(tx, { name })))),
    setEnabled: async (name, enabled, actor) => {
      await change(name, actor, async (tx, watch) => {
        await scheduler.setEnabled(tx, scheduleOf(watch), enabled);
        await audit(tx, enabled ? 'models.resume-watch' : 'models.pause-watch', watch);
      });
      return read(name);
    },
    remove: async (name, actor) =>
      change(name, actor, async (tx, watch) => {
        await scheduler.remove(tx, scheduleOf(watch));
        await removeCollectionsOf(tx, 'watch', watch.id);
        await removeWatchRow(tx, watch.id);
        await audit(tx, 'models.remove-watch', watch);
      }),
    findings: async (name, filter) => listFindings(database, (await requireWatch(database, { name })).id, filter),
    markSeen: async (name, upTo = Number.MAX_SAFE_INTEGER, actor) => {
      await change(name, actor, async (tx, { id }) => markSeen(tx, id, upTo, nowInstant(deps.clock)));
      return read(name);
    },
  };
}

/** A watch that is gone has nothing to look at; one stopped with the server is given back to the queue. */
export async function runWatchAsJob(
  deps: WatchDeps,
  { payload, signal, report }: Pick<JobContext<{ readonly watchId: string }>, 'payload' | 'signal' | 'report'>,
): Promise<void> {
  if ((await findWatch(deps.database, { id: payload.watchId })) === undefined) return;
  const { outcome, found, unseen } = await runWatch(deps, payload.watchId, {
    signal,
    onProgress: ({ pages, models }) => report({ pages, models }),
  });
  report({ outcome, found, unseen });
  signal.throwIfAborted();
}

async function add(deps: WatchDeps, tx: WriteTransaction, { name, search, timing }: NewWatch): Promise<void> {
  const { id: searchId, query } = await requireSavedSearch(tx, search);
  if (query.source !== 'site') throw new KuraError('invalid', 'models.collect-site-only');
  if ((await findWatch(tx, { name })) !== undefined) {
    throw new KuraError('conflict', 'models.watch-exists', { params: { name } });
  }
  const nothingYet = { hasBaseline: false, lastRunAt: null, lastOutcome: null, reason: null };
  const watch: Watch = { id: deps.ids.next(), name, searchId, ...nothingYet, createdAt: nowInstant(deps.clock) };
  await insertWatch(tx, watch);
  const schedule = { id: scheduleOf(watch), job: runWatchJob, payload: { watchId: watch.id }, timing };
  await deps.scheduler.upsert(tx, defineSchedule(schedule));
  await audit(tx, 'models.add-watch', watch);
}

function scheduleOf({ id }: Watch): string {
  return `models.watch.${id}`;
}

async function stateOf(deps: WatchDeps, watch: Watch): Promise<WatchState> {
  const search = await findSavedSearch(deps.database, { id: watch.searchId });
  const schedule = await deps.scheduler.find(scheduleOf(watch));
  return { watch, search: search?.name ?? '', schedule, ...(await watchCounts(deps.database, watch.id)) };
}

async function audit(tx: WriteTransaction, action: string, { id, name }: Watch): Promise<void> {
  await tx.audit({ action, subject: { kind: 'watch', id, name }, result: 'done' });
}
