/** Verdicts of all jobs by day. Days that are over change no more: with thousands of jobs they are counted once. */
import { dayIn } from '#kernel/day-in';
import { DAY } from '#kernel/units';

import { countsByDay, type VerdictCount } from '../../store/estate-store.ts';
import type { BackupsContext } from '../backups-context.ts';

type DayCount = VerdictCount & { readonly day: string };

interface Kept {
  /** Every day from this one on, and before `until`, is here. */
  readonly from: string;
  readonly until: string;
  readonly counts: readonly DayCount[];
}

/** Answers with what was counted of each day from `since` on, oldest first. */
export function createDayCounts({
  database,
  clock,
  zone,
}: Pick<BackupsContext, 'database' | 'clock' | 'zone'>): (since: string) => Promise<readonly DayCount[]> {
  let kept: Kept | undefined;
  return async (since) => {
    // What was judged just before midnight may be written after it.
    const until = dayIn(zone(), new Date(clock.now() - DAY).toISOString());
    const isKept = kept !== undefined && kept.from <= since && kept.until === until;
    const fresh = await countsByDay(database.tables(), isKept ? until : since);
    if (!isKept) kept = { from: since, until, counts: fresh.filter(({ day }) => day < until) };
    const old = isKept ? (kept?.counts ?? []) : [];
    return [...old.filter(({ day }) => day >= since), ...fresh];
  };
}
