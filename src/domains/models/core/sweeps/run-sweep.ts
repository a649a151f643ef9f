/** Reads the cells of a sweep one after another; what is done stays done, a cell that was broken off goes on (M-026). */
import { nowInstant } from '#kernel/clock';
import { acquireLock } from '#platform/files';
import type { JobContext } from '#platform/jobs';
import type { Actor } from '#platform/unit-of-work';

import type { SweepStatus } from '../../contract/index.ts';
import type { Collection } from '../../store/collection-store.ts';
import { listCells, type StoredCell, type Sweep, setCellCollection, updateSweep } from '../../store/sweep-store.ts';
import { systemActor } from '../actor.ts';
import type { CollectingDeps } from '../collecting/collecting-deps.ts';
import { runCollection } from '../collecting/run-collection.ts';
import { startCollection } from '../collecting/start-collection.ts';
import { requireSweep } from './change-sweep.ts';

export interface RunSweepOptions {
  readonly actor: Actor;
  readonly signal: AbortSignal;
  readonly onProgress?: (cell: StoredCell, collection: Collection) => void;
}

/** So many cells in a row that cannot be read mean that the site is away; the rest waits for the next run. */
const FAILURES_IN_A_ROW = 3;

/** Ends `completed`, `paused` or `partial`. @throws KuraError `models.sweep-not-found`, conflict `files.locked`. */
export async function runSweep(deps: CollectingDeps, name: string, options: RunSweepOptions): Promise<Sweep> {
  const { id } = await requireSweep(deps.database, name);
  await using _lock = await acquireLock({
    folder: deps.folders.run,
    name: `sweep-${id}`,
    command: deps.command,
    clock: deps.clock,
    waitMs: 0,
    signal: options.signal,
  });
  await setStatus(deps, name, 'running');
  const stopped = await runCells(deps, name, options);
  return await setStatus(deps, name, stopped ?? (await statusAtEnd(deps, id)));
}

/** A status when the sweep has to stop before its last cell. */
async function runCells(
  deps: CollectingDeps,
  name: string,
  options: RunSweepOptions,
): Promise<SweepStatus | undefined> {
  const { id } = await requireSweep(deps.database, name);
  let failures = 0;
  for (const cell of await listCells(deps.database, id)) {
    if (options.signal.aborted) return 'paused';
    if (cell.status === 'completed') continue;
    const ended = await runCell(deps, id, cell, options);
    if (ended.status === 'paused') return 'paused';
    failures = ended.status === 'failed' ? failures + 1 : 0;
    if (failures >= FAILURES_IN_A_ROW) return 'partial';
    if ((await requireSweep(deps.database, name)).status === 'paused') return 'paused';
  }
  return undefined;
}

async function runCell(
  deps: CollectingDeps,
  sweepId: string,
  cell: StoredCell,
  { actor, signal, onProgress }: RunSweepOptions,
): Promise<Collection> {
  const collectionId = cell.collectionId ?? (await beginCell(deps, sweepId, cell, actor));
  return runCollection(deps, collectionId, {
    signal,
    onProgress: (collection) => onProgress?.(cell, collection),
  });
}

async function beginCell(deps: CollectingDeps, sweepId: string, cell: StoredCell, actor: Actor): Promise<string> {
  const request = { query: cell.query, purpose: 'sweep', owner: sweepId, asJob: false } as const;
  const { collection } = await startCollection(deps, { ...request, resume: false, refresh: false }, actor);
  await deps.unitOfWork.write(systemActor, async (tx) => setCellCollection(tx, sweepId, cell.place, collection.id));
  return collection.id;
}

async function statusAtEnd(deps: CollectingDeps, id: string): Promise<SweepStatus> {
  const cells = await listCells(deps.database, id);
  return cells.every(({ status }) => status === 'completed') ? 'completed' : 'partial';
}

async function setStatus(deps: CollectingDeps, name: string, status: SweepStatus): Promise<Sweep> {
  return deps.unitOfWork.write(systemActor, async (tx) => {
    const changed = { ...(await requireSweep(tx, name)), status, updatedAt: nowInstant(deps.clock) };
    await updateSweep(tx, changed);
    return changed;
  });
}

/** Stopped by a person, it ends; stopped with the server, it is taken up again. */
export async function runSweepAsJob(
  deps: CollectingDeps,
  {
    payload,
    signal,
    report,
  }: Pick<JobContext<{ readonly name: string; readonly actor: Actor }>, 'payload' | 'signal' | 'report'>,
): Promise<void> {
  const { status } = await requireSweep(deps.database, payload.name);
  if (status === 'paused' || status === 'completed') return;
  await runSweep(deps, payload.name, {
    actor: payload.actor,
    signal,
    onProgress: ({ place, label }, { pages, models }) => report({ place, label, pages, models }),
  });
  if (!signal.aborted) return;
  await setStatus(deps, payload.name, 'queued');
  signal.throwIfAborted();
}
