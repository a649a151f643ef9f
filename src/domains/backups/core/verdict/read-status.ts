/** Verdicts as they are at this moment: recorded facts, and media looked for right now. */
import { nowInstant } from '#kernel/clock';
import type { Actor } from '#platform/unit-of-work';

import type { BackupsTables } from '../../store/backups-tables.ts';
import { findVerdicts } from '../../store/verdict-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { observeCopies } from '../register/observe-copies.ts';
import { type Assessment, assess } from './assess.ts';
import { loadFacts } from './job-facts.ts';
import { isTold, updateVerdict } from './update-verdict.ts';

export async function assessJobs(
  { database, clock, policy }: Pick<BackupsContext, 'database' | 'clock' | 'policy'>,
  keys?: readonly string[],
): Promise<readonly Assessment[]> {
  const facts = await loadFacts(database.tables<BackupsTables>(), keys);
  const observations = await observeCopies(facts.flatMap(({ job }) => job.copies));
  const now = nowInstant(clock);
  return facts.map((one) => assess(one, { observations, policy, now }));
}

/** Tells every verdict that time or a medium has changed since it was last told. Returns how many. */
export async function sweepVerdicts(context: BackupsContext, actor: Actor): Promise<number> {
  const assessments = await assessJobs(context);
  const told = await findVerdicts(context.database.tables<BackupsTables>());
  const changed = assessments.filter((assessment) => !isTold(told, assessment));
  for (const { facts, observations } of changed) {
    await context.unitOfWork.write(actor, (tx) => updateVerdict(context, tx, facts.job.key, observations));
  }
  return changed.length;
}
