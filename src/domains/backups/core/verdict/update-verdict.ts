/** Tells a changed verdict, once, in the transaction of the change that caused it. */

import { digitNames, scoreOf } from '#engines/rule32110';
import { nowInstant } from '#kernel/clock';
import { dayIn } from '#kernel/day-in';
import type { WriteTransaction } from '#platform/unit-of-work';

import type { BackupsTables } from '../../store/backups-tables.ts';
import { deleteDay, saveChange, saveDay } from '../../store/estate-store.ts';
import {
  deleteVerdict,
  findVerdicts,
  saveVerdict,
  type ToldDigits,
  type ToldVerdict,
} from '../../store/verdict-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { verdictChanged } from '../backups-events.ts';
import type { Observations } from '../register/observe-copies.ts';
import { type Assessment, assess } from './assess.ts';
import { loadFacts } from './job-facts.ts';

type Judging = Pick<BackupsContext, 'clock' | 'policy' | 'zone'>;

/** `observations` were made before the transaction began; what a reachable copy is was looked up there. */
export async function updateVerdict(
  context: Judging,
  tx: WriteTransaction,
  key: string,
  observations: Observations,
): Promise<void> {
  await updateVerdicts(context, tx, [key], observations);
}

export async function updateVerdicts(
  { clock, policy, zone }: Judging,
  tx: WriteTransaction,
  keys: readonly string[],
  observations: Observations,
): Promise<void> {
  const tables = tx.tables<BackupsTables>();
  const now = nowInstant(clock);
  const told = new Map((await findVerdicts(tables, keys)).map((one) => [one.job, one]));
  for (const facts of await loadFacts(tables, keys)) {
    const { key, title, archivedAt } = facts.job;
    if (archivedAt !== null) {
      await deleteVerdict(tables, key);
      await deleteDay(tables, key, dayIn(zone(), now));
      continue;
    }
    const before = told.get(key);
    const assessed = toldOf(assess(facts, { observations, policy, now }), now);
    const same = before !== undefined && isSame(before, assessed);
    const current = same ? { ...assessed, since: before.since } : assessed;
    await saveVerdict(tables, current);
    if (same) continue;
    const { status, digits } = current;
    const letters = digitLetters(digits);
    await saveDay(tables, { job: key, day: dayIn(zone(), now), status, digits: letters });
    await saveChange(tables, { job: key, at: now, from: before?.status ?? null, to: status, digits: letters });
    tx.publish(verdictChanged, { job: key, title, from: before?.status ?? null, to: status, digits });
  }
}

/** Whether what is kept of the verdict is still right. */
export function isTold(told: ToldVerdict | undefined, assessment: Assessment): boolean {
  if (told === undefined) return false;
  const { since, evaluatedAt } = told;
  return JSON.stringify(told) === JSON.stringify({ ...toldOf(assessment, since), evaluatedAt });
}

/** One letter per digit in the order of the rule. */
export function digitLetters(digits: ToldDigits): string {
  return digitNames.map((name) => digits[name].charAt(0)).join('');
}

function toldOf({ facts, verdict }: Assessment, since: string): ToldVerdict {
  const { copies, media, offsite, offline, errors } = verdict.digits;
  const runs = facts.copies.flatMap(({ lastRun }) => lastRun ?? []);
  const last = runs.toSorted((a, b) => ((a.endedAt ?? '') < (b.endedAt ?? '') ? 1 : -1))[0];
  const good = facts.copies.flatMap(({ lastGoodRun }) => lastGoodRun?.endedAt ?? []).toSorted();
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
    validUntil: verdict.validUntil,
    evaluatedAt: verdict.evaluatedAt,
    score: scoreOf(verdict),
    lastRunAt: last?.endedAt ?? null,
    lastRunResult: last?.result ?? null,
    lastGoodAt: good.at(-1) ?? null,
  };
}

function isSame(one: ToldVerdict, other: ToldVerdict): boolean {
  return one.status === other.status && JSON.stringify(one.digits) === JSON.stringify(other.digits);
}
