/** Sweeps as people plan, start, stop and remove them. */
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { Actor, WriteTransaction } from '#platform/unit-of-work';

import type { SweepPlan } from '../../contract/index.ts';
import { findCollection, removeCollectionsOf, updateCollection } from '../../store/collection-store.ts';
import {
  findSweep,
  insertSweep,
  listCells,
  removeSweepRow,
  type Sweep,
  setCellCollection,
  updateSweep,
} from '../../store/sweep-store.ts';
import type { CollectingDeps } from '../collecting/collecting-deps.ts';
import { planCells } from './plan-cells.ts';
import { runSweepJob } from './sweep-job.ts';

/** @throws KuraError `models.sweep-not-found`. */
export async function requireSweep(reads: Parameters<typeof findSweep>[0], name: string): Promise<Sweep> {
  const sweep = await findSweep(reads, name);
  if (sweep === undefined) throw new KuraError('not-found', 'models.sweep-not-found', { params: { name } });
  return sweep;
}

/** @throws KuraError `models.sweep-exists`, `models.sweep-too-large`. */
export async function planSweep(deps: CollectingDeps, plan: SweepPlan, actor: Actor): Promise<Sweep> {
  const cells = planCells(plan);
  const at = nowInstant(deps.clock);
  const facts = { status: 'planned' as const, jobId: null, createdAt: at, updatedAt: at };
  const sweep: Sweep = { id: deps.ids.next(), name: plan.name, plan, ...facts };
  return deps.unitOfWork.write(actor, async (tx) => {
    if ((await findSweep(tx, plan.name)) !== undefined) {
      throw new KuraError('conflict', 'models.sweep-exists', { params: { name: plan.name } });
    }
    await insertSweep(tx, sweep, cells);
    await audit(tx, 'models.plan-sweep', sweep);
    return sweep;
  });
}

/** Every cell from the start at its next turn; what it found before stays to compare with. */
export async function restartSweep(deps: CollectingDeps, name: string, actor: Actor): Promise<Sweep> {
  return deps.unitOfWork.write(actor, async (tx) => {
    const sweep = { ...(await requireSweep(tx, name)), status: 'planned' as const };
    await setCellCollection(tx, sweep.id, 'all', null);
    await updateSweep(tx, sweep);
    await audit(tx, 'models.restart-sweep', sweep);
    return sweep;
  });
}

/** As a job; one that is queued, running or complete stays as it is. */
export async function startSweep(deps: CollectingDeps, name: string, actor: Actor): Promise<Sweep> {
  return deps.unitOfWork.write(actor, async (tx) => {
    const sweep = await requireSweep(tx, name);
    if (sweep.status === 'queued' || sweep.status === 'running' || sweep.status === 'completed') return sweep;
    const { kind, id, name: who } = actor;
    const job = await tx.enqueue(runSweepJob, { name, actor: { kind, id, name: who } });
    const queued = { ...sweep, status: 'queued' as const, jobId: job.id, updatedAt: nowInstant(deps.clock) };
    await updateSweep(tx, queued);
    await audit(tx, 'models.start-sweep', queued);
    return queued;
  });
}

/** The cell that is being read stops after its page. */
export async function stopSweep(deps: CollectingDeps, name: string, actor: Actor): Promise<Sweep> {
  return deps.unitOfWork.write(actor, async (tx) => {
    const sweep = await requireSweep(tx, name);
    if (sweep.status === 'completed') return sweep;
    const at = nowInstant(deps.clock);
    for (const { collectionId, status } of await listCells(tx, sweep.id)) {
      if (status !== 'running' || collectionId === null) continue;
      const collection = await findCollection(tx, collectionId);
      if (collection !== undefined) await updateCollection(tx, { ...collection, status: 'paused', updatedAt: at });
    }
    const stopped = { ...sweep, status: 'paused' as const, updatedAt: at };
    await updateSweep(tx, stopped);
    await audit(tx, 'models.stop-sweep', stopped);
    return stopped;
  });
}

/** With everything its cells collected. @throws KuraError `models.sweep-running`. */
export async function removeSweep(deps: CollectingDeps, name: string, actor: Actor): Promise<void> {
  await deps.unitOfWork.write(actor, async (tx) => {
    const sweep = await requireSweep(tx, name);
    if (sweep.status === 'running') throw new KuraError('conflict', 'models.sweep-running', { params: { name } });
    await removeSweepRow(tx, sweep.id);
    await removeCollectionsOf(tx, 'sweep', sweep.id);
    await audit(tx, 'models.remove-sweep', sweep);
  });
}

async function audit(tx: WriteTransaction, action: string, { id, name }: Sweep): Promise<void> {
  await tx.audit({ action, subject: { kind: 'sweep', id, name }, result: 'done' });
}
