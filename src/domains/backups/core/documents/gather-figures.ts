/** Everything that a report may tell of its period: counted, not estimated. */

import { nowInstant } from '#kernel/clock';
import { dayIn } from '#kernel/day-in';

import type { RunResult, VerdictStatusName } from '../../contract/index.ts';
import type { BackupsTables } from '../../store/backups-tables.ts';
import {
  countDrills,
  countOpenTickets,
  countRunsByJob,
  countRunsByMinute,
  countVerdictDays,
  findDrills,
  findFailedRuns,
  findSwaps,
  findTickets,
  findVerdictChanges,
} from '../../store/documents/figures-store.ts';
import type { MediaTables } from '../../store/media/media-tables.ts';
import type { BackupsContext } from '../backups-context.ts';
import { addDays } from '../test-plans/calendar.ts';
import { assessJobs } from '../verdict/read-status.ts';
import type { ReportPeriod } from './report-period.ts';

/** Longer lists are cut, and say so. */
export const mostRows = 500;

export type ReportFigures = Awaited<ReturnType<typeof gatherFigures>>;

/** @param job only of this one. */
export async function gatherFigures(context: BackupsContext, period: ReportPeriod, job?: string) {
  const reads = context.database.tables<BackupsTables>();
  const media = context.database.tables<MediaTables>();
  const zone = context.zone();
  const span = { ...period, job };
  const minutes = await countRunsByMinute(reads, span);
  const runsByDay = Map.groupBy(minutes, ({ minute }) => dayIn(zone, `${minute}:00Z`));
  const verdictsByDay = Map.groupBy(await countVerdictDays(reads, span), ({ day }) => day);
  return {
    at: nowInstant(context.clock),
    zone,
    period,
    runs: {
      total: totalOf(minutes),
      byDay: daysOf(period).map((day) => ({ day, ...totalOf(runsByDay.get(day) ?? []) })),
      byJob: jobsOf(await countRunsByJob(reads, span)),
      failures: await newest((limit) => findFailedRuns(reads, span, limit)),
    },
    verdicts: {
      now: await assessJobs(context, job === undefined ? undefined : [job]),
      byDay: [...verdictsByDay].map(([day, counts]) => ({ day, counts: countsOf(counts) })),
      changes: await newest((limit) => findVerdictChanges(reads, span, limit)),
    },
    tests: {
      byResult: await countDrills(reads, span),
      list: await newest((limit) => findDrills(reads, span, limit)),
    },
    tickets: {
      open: await countOpenTickets(reads, span),
      list: await newest((limit) => findTickets(reads, span, limit)),
    },
    swaps: await newest((limit) => findSwaps(media, period.from, period.to, limit)),
  };
}

interface NewestRows<Row> {
  readonly rows: readonly Row[];
  /** Whether there are more. */
  readonly isCut: boolean;
}

/** One row more is asked for than shown: it tells whether there are any. */
export async function newest<Row>(find: (limit: number) => Promise<readonly Row[]>): Promise<NewestRows<Row>> {
  const rows = await find(mostRows + 1);
  return { rows: rows.slice(0, mostRows), isCut: rows.length > mostRows };
}

type Results = Readonly<Record<RunResult, number>>;

function totalOf(counts: readonly { readonly result: RunResult; readonly runs: number }[]): Results {
  const total = { running: 0, success: 0, partial: 0, failed: 0, interrupted: 0 };
  for (const { result, runs } of counts) total[result] += runs;
  return total;
}

function daysOf({ from, to }: ReportPeriod): readonly string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}

function jobsOf(rows: Awaited<ReturnType<typeof countRunsByJob>>) {
  return [...Map.groupBy(rows, ({ job }) => job)].map(([job, results]) => ({
    job,
    title: results[0]?.title ?? job,
    ...totalOf(results),
    newBytes: results.reduce((sum, { newBytes }) => sum + newBytes, 0),
    lastAt:
      results
        .map(({ lastAt }) => lastAt)
        .toSorted()
        .at(-1) ?? null,
  }));
}

function countsOf(counts: readonly { readonly status: VerdictStatusName; readonly jobs: number }[]) {
  const byStatus = { compliant: 0, warning: 0, non_compliant: 0, unknown: 0, paused: 0 };
  for (const { status, jobs } of counts) byStatus[status] += jobs;
  return byStatus;
}
