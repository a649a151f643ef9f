/** Sends again what was given up. */
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { Actor } from '#platform/unit-of-work';

import type { NotifyDeps } from '../notify-deps.ts';
import { findDelivery, updateDeliveries } from './delivery-store.ts';
import { enqueueGathering } from './tell.ts';

/** @throws KuraError not-found `notify.delivery-not-found`, conflict `notify.delivery-not-failed` */
export async function retryDelivery(
  { unitOfWork, clock }: Pick<NotifyDeps, 'unitOfWork' | 'clock'>,
  actor: Actor,
  id: string,
): Promise<void> {
  await unitOfWork.write(actor, async (tx) => {
    const found = await findDelivery(tx, id);
    if (found === undefined) throw new KuraError('not-found', 'notify.delivery-not-found', { params: { id } });
    const { state, target } = found.delivery;
    if (state !== 'failed') throw new KuraError('conflict', 'notify.delivery-not-failed', { params: { id } });
    const anew = { state: 'waiting', due_at: nowInstant(clock), batch: null, mail_id: null, ended_at: null } as const;
    await updateDeliveries(tx, [id], anew);
    await enqueueGathering(tx, target, 0);
    const subject = { kind: 'delivery', id, name: target };
    await tx.audit({ action: 'notify.retry-delivery', category: 'system', subject, result: 'done' });
  });
}
