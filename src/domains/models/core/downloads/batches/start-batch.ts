/** Plans, asks what has to be asked, and keeps the list: from here on nothing of it is lost (M-120, M-127). */
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { Actor } from '#platform/unit-of-work';

import type { BatchRequest } from '../../../contract/index.ts';
import { type BatchItem, insertBatchItems, readTally } from '../../../store/batch-item-store.ts';
import { type Batch, type BatchOrigin, type BatchRow, insertBatch } from '../../../store/batch-store.ts';
import { rememberConsents } from '../../consent/require-consent.ts';
import type { BatchDeps } from './batch-deps.ts';
import { batchProgressed } from './batch-events.ts';
import { runBatchJob } from './batch-job.ts';
import type { BatchPlan, PlannedItem } from './batch-plan.ts';
import { unused } from './change-batch.ts';
import { requireBatch } from './move-batch.ts';
import { type PlanBatchOptions, planBatch } from './plan-batch.ts';

export interface StartOptions extends PlanBatchOptions {
  readonly actor: Actor;
  /** The server runs it; otherwise the caller does. */
  readonly byServer: boolean;
}

/**
 * @throws KuraError `models.empty-batch`, `models.not-enough-space`; `models.consent-needed` when no file may be
 * fetched without a yes.
 */
export async function startBatch(deps: BatchDeps, request: BatchRequest, options: StartOptions): Promise<Batch> {
  const { actor, byServer } = options;
  const planned = await planBatch(deps, request, options);
  assertWorthIt(deps, planned.plan, planned.items);
  if (request.options.acceptLikeness) await rememberConsents(deps, planned.people, actor);
  const id = deps.ids.next();
  const row = newBatch(deps, id, request, { actor, byServer, origin: planned.origin });
  await deps.unitOfWork.write(actor, async (tx) => {
    await insertBatch(tx, row);
    await insertBatchItems(
      tx,
      planned.items.map((item, index) => newItem(id, index + 1, item)),
    );
    await tx.audit({
      action: 'models.plan-batch',
      subject: { kind: 'batch', id, name: row.name },
      result: 'done',
      after: { files: planned.plan.files, totalBytes: planned.plan.totalBytes, origin: planned.origin },
    });
    tx.publish(batchProgressed, { batchId: id, status: row.status, tally: await readTally(tx, id) });
    if (byServer) await tx.enqueue(runBatchJob, {});
  });
  return requireBatch(deps.database, id);
}

function assertWorthIt({ libraryFolder }: BatchDeps, plan: BatchPlan, items: readonly PlannedItem[]): void {
  if (plan.files === 0)
    throw new KuraError('invalid', 'models.empty-batch', { params: { badLines: plan.badLines.length } });
  if (!plan.fits) {
    const { totalBytes, reserveBytes, freeBytes } = plan;
    throw new KuraError('unavailable', 'models.not-enough-space', {
      params: { folder: libraryFolder, neededBytes: totalBytes + reserveBytes, freeBytes },
    });
  }
  const [first] = items;
  if (
    first?.reason?.code === 'models.consent-needed' &&
    items.every(({ reason }) => reason?.code === first.reason?.code)
  ) {
    throw new KuraError('refused', 'models.consent-needed', { params: first.reason.params });
  }
}

interface Asking {
  readonly actor: Actor;
  readonly byServer: boolean;
  readonly origin: readonly BatchOrigin[];
}

function newBatch(
  deps: BatchDeps,
  id: string,
  { options }: BatchRequest,
  { actor, byServer, origin }: Asking,
): Omit<BatchRow, 'position'> {
  const now = nowInstant(deps.clock);
  return {
    id,
    name: options.name ?? nameOf(origin, now),
    status: 'pending',
    reason: null,
    origin,
    options: { ...options, layout: options.layout ?? deps.options().layout },
    byServer,
    run: 0,
    used: unused,
    waitsUntil: null,
    waitingSince: now,
    boost: 0,
    actor,
    createdAt: now,
    startedAt: null,
    updatedAt: now,
    endedAt: null,
  };
}

/** What it came from, or else when: names need not differ. */
function nameOf(origin: readonly BatchOrigin[], now: string): string {
  const told = origin.find(({ detail }) => detail !== '')?.detail;
  return told ?? now.slice(0, 16).replace('T', ' ');
}

/** What cannot be planned is kept with its reason; it failed for good. */
function newItem(batchId: string, number: number, planned: PlannedItem): BatchItem {
  const { ref, selector, modelId, versionId, fileId, name, path, sizeBytes, sha256, reason, action } = planned;
  return {
    batchId,
    number,
    ref,
    selector,
    status: action === 'failed' ? 'failed' : 'pending',
    modelId,
    versionId,
    fileId,
    name,
    path,
    sizeBytes,
    sha256,
    verdict: null,
    wasThere: false,
    attempts: 0,
    round: 0,
    reason,
    ms: null,
    networkBytes: 0,
    retries: 0,
    mirror: null,
  };
}
