/** The verdicts of jobs that got reports: many at once, and no report waits for more than what is under way. */
import { setImmediate } from 'node:timers/promises';

import { isKuraError } from '#kernel/errors';
import type { Actor } from '#platform/unit-of-work';

import type { BackupsTables } from '../../store/backups-tables.ts';
import { findJobs } from '../../store/register-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { observeCopies } from '../register/observe-copies.ts';
import { updateVerdicts } from '../verdict/update-verdict.ts';

/** A verdict that could not be told now is told by the next sweep; the report itself is safe, so nothing is thrown. */
export function createVerdictRefresher(
  context: BackupsContext,
): (actor: Actor, jobs: readonly string[]) => Promise<void> {
  let next: { readonly keys: Set<string>; readonly done: Promise<void> } | undefined;
  let underWay: Promise<void> = Promise.resolve();

  return async (actor, jobs) => {
    if (jobs.length === 0) return;
    if (next === undefined) {
      const keys = new Set<string>();
      const done = underWay.then(async () => {
        // Reports that are being read now belong to this turn, too.
        await setImmediate();
        next = undefined;
        await refresh(context, actor, [...keys]);
      });
      next = { keys, done };
      underWay = done.catch(() => undefined);
    }
    const { keys, done } = next;
    for (const key of jobs) keys.add(key);
    await done;
  };
}

async function refresh(context: BackupsContext, actor: Actor, keys: readonly string[]): Promise<void> {
  try {
    const jobs = await findJobs(context.database.tables<BackupsTables>(), keys);
    const observations = await observeCopies(
      jobs.flatMap(({ copies }) => copies),
      context.storages,
    );
    await context.unitOfWork.write(actor, (tx) => updateVerdicts(context, tx, keys, observations));
  } catch (error) {
    if (!isKuraError(error)) throw error;
  }
}
