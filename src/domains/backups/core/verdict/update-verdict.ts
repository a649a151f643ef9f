/** Tells a changed verdict, once, in the transaction of the change that caused it. */
import { nowInstant } from '#kernel/clock';
import type { WriteTransaction } from '#platform/unit-of-work';

import type { BackupsTables } from '../../store/backups-tables.ts';
import { findVerdicts, saveVerdict, type ToldVerdict } from '../../store/verdict-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { verdictChanged } from '../backups-events.ts';
import type { Observations } from '../register/observe-copies.ts';
import { type Assessment, assess } from './assess.ts';
import { loadFacts } from './job-facts.ts';

/** `observations` were made before the transaction began; what a reachable copy is was looked up there. */
export async function updateVerdict(
  { clock, policy }: Pick<BackupsContext, 'clock' | 'policy'>,
  tx: WriteTransaction,
  key: string,
  observations: Observations,
): Promise<void> {
  const tables = tx.tables<BackupsTables>();
  const now = nowInstant(clock);
  for (const facts of await loadFacts(tables, [key])) {
    const current = toldOf(assess(facts, { observations, policy, now }), now);
    const before = (await findVerdicts(tables)).find((told) => told.job === key);
    if (before !== undefined && isSame(before, current)) continue;
    await saveVerdict(tables, current);
    const { status, digits } = current;
    tx.publish(verdictChanged, { job: key, title: facts.job.title, from: before?.status ?? null, to: status, digits });
  }
}

/** Whether the verdict says something else than what was last told. */
export function isTold(told: readonly ToldVerdict[], assessment: Assessment): boolean {
  const before = told.find(({ job }) => job === assessment.facts.job.key);
  return before !== undefined && isSame(before, toldOf(assessment, before.since));
}

function toldOf({ facts, verdict }: Assessment, since: string): ToldVerdict {
  const { copies, media, offsite, offline, errors } = verdict.digits;
  return {
    job: facts.job.key,
    status: verdict.status,
    digits: {
      copies: copies.state,
      media: media.state,
      offsite: offsite.state,
      offline: offline.state,
      errors: errors.state,
    },
    since,
  };
}

function isSame(one: ToldVerdict, other: ToldVerdict): boolean {
  return one.status === other.status && JSON.stringify(one.digits) === JSON.stringify(other.digits);
}
