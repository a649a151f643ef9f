import type { Actor } from '#platform/unit-of-work';

import type { BackupsContext } from '../backups-context.ts';
import { watchRunsJob } from '../queueing/job-kinds.ts';
import { watchSlot } from './watch-runs.ts';

/** The next look for runs that did not come; the same again changes nothing. */
export async function queueWatch({ clock, unitOfWork }: BackupsContext, actor: Actor): Promise<void> {
  const now = clock.now();
  const { slot, at } = watchSlot(now);
  await unitOfWork.write(actor, async (tx) => {
    await tx.enqueue(
      watchRunsJob,
      { slot },
      { delayMs: Math.max(0, Date.parse(at) - now), idempotencyKey: String(slot) },
    );
  });
}
