/** Verdicts as they are at this moment: recorded facts, and media looked for right now. */

import { nowInstant } from '#kernel/clock';
import { dayIn } from '#kernel/day-in';
import { DAY } from '#kernel/units';
import type { Actor } from '#platform/unit-of-work';

import type { BackupsTables } from '../../store/backups-tables.ts';
import { beginDay, dropDaysBefore, isDayBegun } from '../../store/estate-store.ts';
import { findVerdicts, turnedVerdicts } from '../../store/verdict-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { observeCopies } from '../register/observe-copies.ts';
import { type Assessment, assess } from './assess.ts';
import { loadFacts } from './job-facts.ts';
import { digitLetters, isTold, updateVerdicts } from './update-verdict.ts';

export async function assessJobs(
  { database, clock, policy, storages }: Pick<BackupsContext, 'database' | 'clock' | 'policy' | 'storages'>,
  keys?: readonly string[],
): Promise<readonly Assessment[]> {
  const facts = await loadFacts(database.tables<BackupsTables>(), keys);
  const observations = await observeCopies(
    facts.flatMap(({ job }) => job.copies),
    storages,
  );
  const now = nowInstant(clock);
  return facts.map((one) => assess(one, { observations, policy, now }));
}

/** Tells every verdict that time or a medium has changed since it was last told. Returns how many. */
export async function sweepVerdicts(context: BackupsContext, actor: Actor): Promise<number> {
  const assessments = await assessJobs(context);
  const told = new Map((await findVerdicts(context.database.tables<BackupsTables>())).map((one) => [one.job, one]));
  const changed = assessments.filter((assessment) => !isTold(told.get(assessment.facts.job.key), assessment));
  await tell(context, actor, changed);
  await beginToday(context, actor);
  return changed.length;
}

/** Only those whose time has come: between sweeps, nothing else changes a verdict by itself. Returns how many. */
export async function turnVerdicts(context: BackupsContext, actor: Actor): Promise<number> {
  const keys = await turnedVerdicts(context.database.tables<BackupsTables>(), nowInstant(context.clock));
  const assessments = await assessJobs(context, keys);
  await tell(context, actor, assessments);
  return assessments.length;
}

/** Others get their turn with the database in between. */
const jobsPerWrite = 100;

async function tell(context: BackupsContext, actor: Actor, assessments: readonly Assessment[]): Promise<void> {
  // One look was taken for all of them.
  const observations = assessments[0]?.observations ?? new Set<string>();
  for (let from = 0; from < assessments.length; from += jobsPerWrite) {
    const some = assessments.slice(from, from + jobsPerWrite);
    const keys = some.map(({ facts }) => facts.job.key);
    await context.unitOfWork.write(actor, (tx) => updateVerdicts(context, tx, keys, observations));
  }
}

/** Three years, and the day they began on. */
const daysKept = 3 * 366 + 1;

/** Every day begins with the verdicts of the day before; what changes during it replaces them. */
async function beginToday(context: BackupsContext, actor: Actor): Promise<void> {
  const reads = context.database.tables<BackupsTables>();
  const now = nowInstant(context.clock);
  const day = dayIn(context.zone(), now);
  if (await isDayBegun(reads, day)) return;
  const present = await findVerdicts(reads);
  const verdicts = present.map(({ job, status, digits }) => ({ job, day, status, digits: digitLetters(digits) }));
  await context.unitOfWork.write(actor, async (tx) => {
    const tables = tx.tables<BackupsTables>();
    await beginDay(tables, { day, at: now, verdicts });
    await dropDaysBefore(tables, dayIn(context.zone(), new Date(Date.parse(now) - daysKept * DAY).toISOString()));
  });
}
