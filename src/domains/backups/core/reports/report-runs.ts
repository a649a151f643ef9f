/** Reports as they come in: checked one by one, taken in together, answered in order. */
import { KuraError, type MessageParams } from '#kernel/errors';
import type { Actor } from '#platform/unit-of-work';

import { type NewReport, newReportSchema, type ReportState } from '../../contract/index.ts';
import type { Reason } from '../runs/run-record.ts';
import type { PartOutcome } from './record-parts.ts';
import type { ReportIntake } from './report-intake.ts';
import { partsOf, type ReportedPart } from './report-part.ts';

export interface Reporting {
  readonly actor: Actor;
  /** Keys of the jobs for which the credential may speak; empty for all. */
  readonly boundTo: readonly string[];
}

export interface AnsweredPart extends PartOutcome {
  /** Name of the copy as reported; null when none was. */
  readonly named: string | null;
}

export interface AnsweredReport {
  readonly job: string;
  readonly run: string;
  readonly state: ReportState;
  readonly parts: readonly AnsweredPart[];
}

/** What asks most for attention first. */
const urgency: readonly ReportState[] = ['refused', 'conflict', 'unclaimed', 'ignored', 'recorded', 'repeated'];

/** @throws KuraError invalid, conflict or forbidden for the first part that was refused; the others are recorded all the same */
export async function reportRun(intake: ReportIntake, by: Reporting, report: NewReport): Promise<AnsweredReport> {
  const [answer] = await submit(intake, by, [{ report, parts: partsOf(report) }]);
  if (answer === undefined) throw new RangeError('a report has an answer');
  const bad = answer.parts.find(({ state }) => state === 'refused' || state === 'conflict');
  if (bad !== undefined && bad.reason !== null) throw refusal(bad.reason);
  return answer;
}

/** One answer for each report, in their order; one that cannot be understood keeps no other out. */
export async function reportRuns(
  intake: ReportIntake,
  by: Reporting,
  reports: ReadonlyArray<Readonly<Record<string, unknown>>>,
): Promise<readonly AnsweredReport[]> {
  const read = reports.map((raw) => ({ raw, result: newReportSchema.safeParse(raw) }));
  const good = read.flatMap(({ result }) =>
    result.success ? [{ report: result.data, parts: partsOf(result.data) }] : [],
  );
  const answers = (await submit(intake, by, good)).values();
  return read.map(({ raw, result }) => {
    const next = result.success ? answers.next().value : undefined;
    return next ?? notUnderstood(raw, result.error?.issues[0]);
  });
}

interface ReadReport {
  readonly report: NewReport;
  readonly parts: readonly ReportedPart[];
}

async function submit(
  intake: ReportIntake,
  { actor, boundTo }: Reporting,
  reports: readonly ReadReport[],
): Promise<readonly AnsweredReport[]> {
  if (reports.length === 0) return [];
  const wanted = reports.flatMap(({ parts }) => parts.map((part) => ({ part, boundTo })));
  const outcomes = (await intake.submit(actor, wanted)).values();
  return reports.map(({ report: { job, run }, parts }) => {
    const answered = parts.flatMap(({ copy }) => {
      const outcome = outcomes.next().value;
      return outcome === undefined ? [] : [{ ...outcome, named: copy === '' ? null : copy }];
    });
    const state = urgency.find((one) => answered.some((part) => part.state === one)) ?? 'refused';
    return { job, run, state, parts: answered };
  });
}

function notUnderstood(
  raw: Readonly<Record<string, unknown>>,
  issue: { readonly path: readonly PropertyKey[]; readonly code?: string } | undefined,
): AnsweredReport {
  const params: MessageParams = { field: issue?.path.map(String).join('.') ?? '' };
  const reason = { code: 'backups.report-not-understood', params };
  const part = { named: null, state: 'refused' as const, job: null, copy: null, runId: null, reason };
  return { job: textOf(raw['job']), run: textOf(raw['run']), state: 'refused', parts: [part] };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 200) : '';
}

function refusal({ code, params }: Reason): KuraError {
  if (code === 'backups.report-conflict') return new KuraError('conflict', code, { params });
  return new KuraError(code === 'backups.report-not-yours' ? 'forbidden' : 'invalid', code, { params });
}
