/** All jobs together, from what was last told: no medium is looked for. */

import { type DigitName, type DigitState, digitNames } from '#engines/rule32110';
import { nowInstant } from '#kernel/clock';
import { dayIn } from '#kernel/day-in';
import { DAY } from '#kernel/units';
import type { Actor } from '#platform/unit-of-work';

import type { EstateSummary, EstateTrend, JobTrend, ServiceLevels } from '../../contract/index.ts';
import type { BackupsTables } from '../../store/backups-tables.ts';
import { changesOf, countCopies, daysOf, presentCounts, type VerdictCount } from '../../store/estate-store.ts';
import { listJobs } from '../../store/job-list-store.ts';
import { readDigits, type ToldDigits } from '../../store/verdict-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { changeRegister } from '../register/change-register.ts';
import { jobNotFound, requireJob } from '../register/find-registered.ts';
import { judgeTargets, readServiceLevels } from '../service-levels/service-levels.ts';
import type { Assessment } from '../verdict/assess.ts';
import { assessJobs } from '../verdict/read-status.ts';
import { digitLetters } from '../verdict/update-verdict.ts';
import { createDayCounts } from './day-counts.ts';

export interface Estate {
  summary(): Promise<EstateSummary>;
  /** What was due by schedule against what came. */
  serviceLevels(request: { readonly days: number; readonly job?: string | undefined }): Promise<ServiceLevels>;
  /** Tells which jobs miss their target. */
  judgeTargets(actor: Actor): Promise<void>;
  /** One point per day, oldest first. */
  trend(days: number): Promise<EstateTrend>;
  /** @throws KuraError `backups.job-not-found`. */
  jobTrend(key: string, days: number): Promise<JobTrend>;
  /** Looks for the media of one job now and tells a changed verdict. @throws KuraError `backups.job-not-found`. */
  recheck(actor: Actor, key: string): Promise<Assessment>;
}

export function createEstate(context: BackupsContext): Estate {
  const { clock, zone } = context;
  const countsOfDays = createDayCounts(context);
  function reads() {
    return context.database.tables<BackupsTables>();
  }
  function since(days: number): string {
    return dayIn(zone(), new Date(clock.now() - (days - 1) * DAY).toISOString());
  }

  return {
    async summary() {
      const present = await presentCounts(reads());
      const counts = present.map(({ digits, ...one }) => ({ ...one, digits: digitLetters(readDigits(digits)) }));
      const turns = present.flatMap(({ validUntil }) => validUntil ?? []).toSorted();
      const { items } = await listJobs(reads(), worstQuery, nowInstant(clock));
      return {
        at: nowInstant(clock),
        ...totals(counts),
        validUntil: turns[0] ?? null,
        worst: items.flatMap(({ key, title, criticality, owner, verdict }) => {
          if (verdict === null || verdict.status === 'compliant' || verdict.status === 'paused') return [];
          const { status, digits, since: begun } = verdict;
          return [{ key, title, status, digits, since: begun, criticality, owner }];
        }),
        copies: [...(await countCopies(reads()))],
      };
    },
    serviceLevels: (request) => readServiceLevels(context, request),
    judgeTargets: (actor) => judgeTargets(context, actor),
    async trend(days) {
      const byDay = Map.groupBy(await countsOfDays(since(days)), ({ day }) => day);
      return {
        items: [...byDay].map(([day, counts]) => {
          const { byStatus, ratePercent, digits } = totals(counts);
          return { day, byStatus, ratePercent, digits };
        }),
      };
    },
    async jobTrend(key, days) {
      await requireJob(context, key);
      const told = await daysOf(reads(), key, since(days));
      const changes = await changesOf(reads(), key, changesShown);
      return {
        days: told.map(({ day, status, digits }) => ({ day, status, digits: digitsOf(digits) })),
        changes: changes.map(({ at, from, to, digits }) => ({ at, from, to, digits: digitsOf(digits) })),
      };
    },
    async recheck(actor, key) {
      const job = await requireJob(context, key);
      await changeRegister(context, actor, job, async () => {});
      const [assessment] = await assessJobs(context, [key]);
      if (assessment === undefined) throw jobNotFound(key);
      return assessment;
    },
  };
}

const changesShown = 200;
const worstQuery = { state: 'live', order: 'worst', descending: false, limit: 10, offset: 0 } as const;

/** A job with a warning does not count as compliant; one that is paused is not judged. */
function totals(counts: readonly VerdictCount[]): Pick<EstateSummary, 'total' | 'byStatus' | 'ratePercent' | 'digits'> {
  const byStatus = { compliant: 0, warning: 0, non_compliant: 0, unknown: 0, paused: 0 };
  const digits = { copies: none(), media: none(), offsite: none(), offline: none(), errors: none() };
  for (const { status, digits: letters, jobs } of counts) {
    byStatus[status] += jobs;
    if (status === 'paused') continue;
    const states = digitsOf(letters);
    for (const name of digitNames) digits[name][states[name]] += jobs;
  }
  const total = Object.values<number>(byStatus).reduce((sum, jobs) => sum + jobs, 0);
  const judged = total - byStatus.paused;
  const ratePercent = judged === 0 ? null : Math.round((byStatus.compliant / judged) * 10_000) / 100;
  return { total, byStatus, ratePercent, digits };
}

function none(): Record<DigitState, number> {
  return { pass: 0, fail: 0, unknown: 0 };
}

function digitsOf(letters: string): ToldDigits {
  function state(name: DigitName): DigitState {
    const letter = letters.charAt(digitNames.indexOf(name));
    if (letter === 'p') return 'pass';
    return letter === 'f' ? 'fail' : 'unknown';
  }
  return {
    copies: state('copies'),
    media: state('media'),
    offsite: state('offsite'),
    offline: state('offline'),
    errors: state('errors'),
  };
}
