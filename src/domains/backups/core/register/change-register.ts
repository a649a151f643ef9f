import type { Actor, WriteTransaction } from '#platform/unit-of-work';

import type { BackupsContext } from '../backups-context.ts';
import { updateVerdict } from '../verdict/update-verdict.ts';
import { observeCopies } from './observe-copies.ts';
import type { Job } from './protected-job.ts';

/** A change of the register, and the verdict that follows from it, at once. */
export async function changeRegister(
  context: BackupsContext,
  actor: Actor,
  job: Job,
  change: (tx: WriteTransaction) => Promise<void>,
): Promise<void> {
  const observations = await observeCopies(job.copies, context.storages);
  await context.unitOfWork.write(actor, async (tx) => {
    await change(tx);
    await updateVerdict(context, tx, job.key, observations);
  });
}
