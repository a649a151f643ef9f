/** Hands drills to the queue; each is on record from then on. */
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { Actor, WriteTransaction } from '#platform/unit-of-work';

import type { DrillKind } from '../../contract/index.ts';
import type { BackupsTables } from '../../store/backups-tables.ts';
import { insertDrill } from '../../store/drill-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import type { Copy, Job } from '../register/protected-job.ts';
import { whySkipped } from '../runs/back-up-copy.ts';
import { runDrillJob } from './drill-job.ts';
import { noFacts } from './drill-record.ts';
import type { DrillOptions } from './drill-work.ts';
import { testableCopies } from './testable-copies.ts';

/** In the place of a runner: nobody works on it yet. */
export const waitingRunner = 'queue';

export interface DrillsToStart {
  readonly job: Job;
  readonly kind: DrillKind;
  /** Name of the only copy. */
  readonly copy?: string | undefined;
  readonly planId?: string | undefined;
  readonly options: DrillOptions;
  /** In the same transaction. */
  readonly onStarted?: ((tx: WriteTransaction) => Promise<void>) | undefined;
}

export interface StartedDrill {
  readonly id: string;
  readonly copy: string;
}

/** Copies in use; for a plan, of those whose medium is away there is nothing to record. @throws KuraError `backups.no-copies`. */
export async function startDrills(
  context: BackupsContext,
  actor: Actor,
  wish: DrillsToStart,
): Promise<readonly StartedDrill[]> {
  const copies = await copiesToTest(context, wish);
  return context.unitOfWork.write(actor, async (tx) => {
    const started: StartedDrill[] = [];
    for (const copy of copies) {
      const id = await addDrill(context, tx, { ...wish, copyToTest: copy });
      await tx.enqueue(runDrillJob, { drill: id, ...queuedOptions(wish.options) });
      started.push({ id, copy: copy.name });
    }
    await wish.onStarted?.(tx);
    await tx.audit({
      action: 'backups.start-drill',
      subject: { kind: 'backup-job', id: wish.job.key, name: wish.job.title },
      result: 'done',
      after: { kind: wish.kind, copies: started.map(({ copy }) => copy) },
    });
    return started;
  });
}

/** A drill on record that nobody works on yet. */
export async function addDrill(
  { ids, clock }: Pick<BackupsContext, 'ids' | 'clock'>,
  tx: WriteTransaction,
  { job, kind, planId, copyToTest }: DrillsToStart & { readonly copyToTest: Copy },
): Promise<string> {
  const id = ids.next();
  await insertDrill(tx.tables<BackupsTables>(), {
    id,
    job: job.key,
    copy: copyToTest.name,
    copyId: copyToTest.id,
    planId: planId ?? null,
    kind,
    mode: 'automatic',
    result: 'running',
    runner: waitingRunner,
    tester: tx.actor.name,
    startedAt: nowInstant(clock),
    endedAt: null,
    facts: noFacts,
  });
  return id;
}

export async function copiesToTest(context: BackupsContext, wish: DrillsToStart): Promise<readonly Copy[]> {
  const { job, copy: name, planId } = wish;
  const named = name === undefined ? job.copies : job.copies.filter((copy) => copy.name === name);
  if (name !== undefined && named.length === 0) {
    throw new KuraError('not-found', 'backups.copy-not-found', { params: { job: job.key, copy: name } });
  }
  // A copy that is named is tried, and the record says why it could not be.
  const inUse = name === undefined ? testableCopies(named, wish.kind) : named;
  if (inUse.length === 0 && planId === undefined) {
    throw new KuraError('invalid', 'backups.no-copies', { params: { job: job.key } });
  }
  if (planId === undefined) return inUse;
  const reasons = await Promise.all(inUse.map((copy) => whySkipped(copy, context)));
  return inUse.filter((_copy, index) => reasons[index] === undefined);
}

function queuedOptions({ seed, ...options }: DrillOptions) {
  return { ...options, ...(seed === undefined ? {} : { seed }) };
}
