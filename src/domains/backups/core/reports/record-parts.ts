/** Reports become runs of their copies, once each, in one transaction with what follows from them. */
import type { Instant } from '#kernel/brands';
import { nowInstant } from '#kernel/clock';
import { MINUTE } from '#kernel/units';
import type { WriteTransaction } from '#platform/unit-of-work';

import type { ReportState } from '../../contract/index.ts';
import type { BackupsTables } from '../../store/backups-tables.ts';
import { findDigests, forgetReports, insertReports, type KeptReport } from '../../store/report-store.ts';
import { insertEndedRuns } from '../../store/reported-run-store.ts';
import type { ReportsTables } from '../../store/reports-tables.ts';
import type { BackupsContext } from '../backups-context.ts';
import { reportUnclaimed } from '../backups-events.ts';
import type { Copy, Job } from '../register/protected-job.ts';
import type { Reason } from '../runs/run-record.ts';
import { derivedId } from './derived-id.ts';
import { findMeanings, type Meaning } from './find-meaning.ts';
import type { ReportedPart } from './report-part.ts';
import { runOfPart } from './run-of-part.ts';
import { tellNewest } from './tell-newest.ts';

export interface WantedPart {
  readonly part: ReportedPart;
  /** Jobs for which whoever reports may speak; empty for all. */
  readonly boundTo: readonly string[];
}

export interface PartOutcome {
  readonly state: ReportState;
  readonly job: Job | null;
  readonly copy: Copy | null;
  readonly runId: string | null;
  readonly reason: Reason | null;
}

/** Of clocks that differ; beyond it a time lies in the future (spec/backups.md 1.3.1, row 14). */
const CLOCK_TOLERANCE_MS = 5 * MINUTE;

/** One outcome for each part, in their order. */
export async function recordParts(
  context: Pick<BackupsContext, 'clock'>,
  tx: WriteTransaction,
  wanted: readonly WantedPart[],
): Promise<readonly PartOutcome[]> {
  const tables = tx.tables<BackupsTables & ReportsTables>();
  const meaningOf = await findMeanings(
    tables,
    wanted.map(({ part }) => part),
  );
  const judged = wanted.map((one) => judge(one, meaningOf(one.part), context.clock.now()));
  const ids = judged.flatMap(({ id, waitingId }) => [...(id === undefined ? [] : [id]), waitingId]);
  const digests = new Map(await findDigests(tables, ids));
  const receivedAt = nowInstant(context.clock);
  const fresh: Judged[] = [];
  const settled = judged.map((one) => settle(one, digests, fresh));
  await forgetReports(
    tables,
    fresh.flatMap(({ state, waitingId }) => (state === 'recorded' ? [waitingId] : [])),
  );
  await insertReports(
    tables,
    fresh.flatMap((one) => keptReport(one, receivedAt, tx.actor.name)),
  );
  await recordRuns(context, tx, fresh);
  await tellOdd(tx, settled, fresh);
  return settled.map(outcomeOf);
}

interface Judged {
  readonly part: ReportedPart;
  readonly meaning: Meaning;
  readonly state: ReportState;
  readonly reason: Reason | null;
  /** Undefined when nothing of it is kept. */
  readonly id: string | undefined;
  /** Under which it would have waited while nobody knew the name. */
  readonly waitingId: string;
}

function judge({ part, boundTo }: WantedPart, meaning: Meaning, now: number): Judged {
  const waitingId = derivedId('unclaimed', part.tool, part.job, part.copy, part.run);
  const base = { part, meaning, waitingId };
  const untrue = whyUntrue(part, now) ?? whyForbidden(part, meaning, boundTo);
  if (untrue !== undefined) return { ...base, state: 'refused', reason: untrue, id: undefined };
  if (meaning.kind === 'copy') {
    return { ...base, state: 'recorded', reason: null, id: derivedId('run', meaning.copy.id, part.run) };
  }
  const params = { name: part.job, copy: part.copy };
  if (meaning.kind === 'ignored') {
    return { ...base, state: 'ignored', reason: { code: 'backups.report-ignored', params }, id: undefined };
  }
  return { ...base, state: 'unclaimed', reason: { code: meaning.reason, params }, id: waitingId };
}

function whyUntrue({ startedAt, endedAt }: ReportedPart, now: number): Reason | undefined {
  const params = { startedAt, endedAt };
  if (Date.parse(endedAt) - now > CLOCK_TOLERANCE_MS) return { code: 'backups.report-future', params };
  return endedAt < startedAt ? { code: 'backups.report-backwards', params } : undefined;
}

function whyForbidden(part: ReportedPart, meaning: Meaning, boundTo: readonly string[]): Reason | undefined {
  const speaksOf = meaning.kind === 'copy' ? meaning.job.key : part.job;
  if (boundTo.length === 0 || boundTo.includes(speaksOf)) return undefined;
  return { code: 'backups.report-not-yours', params: { job: speaksOf, allowed: boundTo.join(', ') } };
}

/** What is known stays as it was first told, also within one request. */
function settle(one: Judged, digests: Map<string, string>, fresh: Judged[]): Judged {
  if (one.id === undefined) return one;
  const known = digests.get(one.id);
  if (known === undefined) {
    digests.set(one.id, one.part.digest);
    fresh.push(one);
    return one;
  }
  if (known === one.part.digest) return one.state === 'unclaimed' ? one : { ...one, state: 'repeated' };
  const params = { job: one.part.job, run: one.part.run };
  return { ...one, state: 'conflict', reason: { code: 'backups.report-conflict', params } };
}

function keptReport({ id, state, part, reason }: Judged, receivedAt: Instant, receivedFrom: string): KeptReport[] {
  if (id === undefined) return [];
  const kept = state === 'recorded' ? ('recorded' as const) : ('unclaimed' as const);
  return [{ id, state: kept, part, reason: reason?.code ?? null, receivedAt, receivedFrom }];
}

async function recordRuns(
  context: Pick<BackupsContext, 'clock'>,
  tx: WriteTransaction,
  fresh: readonly Judged[],
): Promise<void> {
  const recorded = fresh.flatMap(({ meaning, part, id }) =>
    meaning.kind === 'copy' && id !== undefined
      ? [{ job: meaning.job, copy: meaning.copy, run: runOfPart(part, meaning, id) }]
      : [],
  );
  // Before they are there: what was the newest until now.
  await tellNewest(context, tx, recorded);
  await insertEndedRuns(
    tx.tables<BackupsTables>(),
    recorded.map(({ run }) => run),
  );
}

async function tellOdd(tx: WriteTransaction, settled: readonly Judged[], fresh: readonly Judged[]): Promise<void> {
  for (const { state, part, id } of settled) {
    if (state !== 'conflict' || id === undefined) continue;
    const subject = { kind: 'backup-report', id, name: `${part.job} ${part.run}` };
    await tx.audit({ action: 'backups.report-conflict', subject, level: 'warning', result: 'refused' });
  }
  const waiting = fresh.filter(({ state }) => state === 'unclaimed').map(({ part }) => part);
  for (const { tool, job } of new Map(waiting.map((part) => [`${part.tool}/${part.job}`, part])).values()) {
    tx.publish(reportUnclaimed, { key: `${tool}/${job}`, tool, job });
  }
}

function outcomeOf({ state, meaning, id, reason }: Judged): PartOutcome {
  const counts = meaning.kind === 'copy' && (state === 'recorded' || state === 'repeated');
  return counts
    ? { state, job: meaning.job, copy: meaning.copy, runId: id ?? null, reason }
    : { state, job: null, copy: null, runId: null, reason };
}
