/** Many jobs at once, from a spreadsheet or a program (B-215): every row is judged, and all are taken or none. */
import { z } from 'zod';

import { nowInstant } from '#kernel/clock';
import { isKuraError } from '#kernel/errors';
import { withoutUndefined } from '#kernel/without-undefined';
import type { Actor } from '#platform/unit-of-work';

import { type ImportBody, type NewJob, newJobSchema } from '../../contract/index.ts';
import type { BackupsTables } from '../../store/backups-tables.ts';
import { findJobCommand } from '../../store/job-command-store.ts';
import { beginPause } from '../../store/pause-store.ts';
import { findPolicies } from '../../store/policy-store.ts';
import { findJobs, insertJob, updateJob } from '../../store/register-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import type { Reason } from '../runs/run-record.ts';
import { updateVerdicts } from '../verdict/update-verdict.ts';
import { requireUnheld } from './change-job.ts';
import { observeCopies } from './observe-copies.ts';
import { isPaused, type Job } from './protected-job.ts';
import { type RawRow, readJobList } from './read-job-list.ts';
import { insertCommand, newJob, requireSource } from './register.ts';

export interface ImportRow {
  readonly row: number;
  readonly key: string | null;
  readonly outcome: 'created' | 'changed' | 'unchanged' | 'refused';
  /** Names of the facts that change. */
  readonly changes: readonly string[];
  readonly problems: readonly Reason[];
  /** As it is; undefined when it is new. */
  readonly before?: Job;
  /** As it will be; undefined when it is refused. */
  readonly job?: Job;
  /** What a new one is made from. */
  readonly wanted?: NewJob;
}

export interface Import {
  /** False for a dry run, and when a row was refused. */
  readonly applied: boolean;
  readonly rows: readonly ImportRow[];
}

/** @throws KuraError `backups.import-unreadable`. */
export async function importJobs(context: BackupsContext, actor: Actor, request: ImportBody): Promise<Import> {
  const rows = await judge(context, actor, readJobList(request));
  const applied = !request.dryRun && rows.every(({ outcome }) => outcome !== 'refused');
  if (applied) await apply(context, actor, rows);
  return { applied, rows };
}

/** What a list says of the state of a job: taken with a new one, left alone with one that is there. */
const stateSchema = z
  .object({
    active: z.boolean(),
    pausedUntil: z.iso.datetime().nullable(),
    pauseReason: z.string().max(500).nullable(),
    archivedAt: z.iso.datetime().nullable(),
    archiveReason: z.string().max(500).nullable(),
    legalHold: z.string().max(500).nullable(),
  })
  .partial();

/** What an export tells besides: it comes from copies, runs and schedules, which have commands of their own. */
const seenOnly: ReadonlySet<string> = new Set([
  ...Object.keys(stateSchema.shape),
  'createdAt',
  'updatedAt',
  'copies',
  'verdict',
  'schedule',
  'lastRunAt',
  'lastGoodAt',
]);

async function judge(context: BackupsContext, actor: Actor, raw: readonly RawRow[]): Promise<readonly ImportRow[]> {
  const reads = context.database.tables<BackupsTables>();
  const keys = raw.flatMap(({ key }) => (typeof key === 'string' ? [key] : []));
  const known = new Map<string, Job>();
  for (let from = 0; from < keys.length; from += keysPerQuery) {
    for (const job of await findJobs(reads, keys.slice(from, from + keysPerQuery))) known.set(job.key, job);
  }
  const policies = new Set((await findPolicies(reads)).map(({ key }) => key));
  const seen = new Set<string>();
  const judged: ImportRow[] = [];
  for (const [index, one] of raw.entries()) {
    const judging = { row: index + 1, known, policies, seen };
    judged.push(await judgeRow(context, actor, one, judging));
  }
  return judged;
}

/** Databases bound how many values a query may have. */
const keysPerQuery = 5000;

interface Judging {
  readonly row: number;
  readonly known: ReadonlyMap<string, Job>;
  readonly policies: ReadonlySet<string>;
  /** Keys of the rows before. */
  readonly seen: Set<string>;
}

async function judgeRow(context: BackupsContext, actor: Actor, raw: RawRow, judging: Judging): Promise<ImportRow> {
  const { row, known, seen } = judging;
  const key = typeof raw['key'] === 'string' ? raw['key'] : null;
  const existing = key === null ? undefined : known.get(key);
  const isHere = raw['target'] === null;
  const facts = Object.fromEntries(
    Object.entries(raw).filter(([name]) => !seenOnly.has(name) && !(isHere && name === 'target')),
  );
  const whole = existing === undefined ? facts : { source: existing.source, ...facts };
  const parsed = newJobSchema.safeParse(isHere ? whole : { ...targetOf(existing), ...whole });
  const state = stateSchema.safeParse(raw);
  if (!parsed.success || !state.success) {
    const issues = [...(parsed.error?.issues ?? []), ...(state.error?.issues ?? [])];
    const problems = issues.map(({ path, message }) => ({
      code: 'backups.import-cell',
      params: { field: path.join('.') || '–', reason: message },
    }));
    return { row, key, outcome: 'refused', changes: [], problems };
  }
  const wanted = parsed.data;
  const problems = await obstaclesOf(context, wanted, { ...judging, existing });
  seen.add(wanted.key);
  if (problems.length > 0) return { row, key, outcome: 'refused', changes: [], problems };
  const at = nowInstant(context.clock);
  if (existing === undefined) {
    const job = { ...newJob(wanted, actor, at), ...withoutUndefined(state.data) };
    return { row, key, outcome: 'created', changes: [], problems, wanted, job };
  }
  const given = Object.entries(wanted).filter(([name]) => Object.hasOwn(raw, name) && Object.hasOwn(existing, name));
  const was = new Map<string, unknown>(Object.entries(existing));
  const said = isHere ? [...given, ['target', null] as const] : given;
  const changes = said.filter(([name, value]) => JSON.stringify(was.get(name)) !== JSON.stringify(value));
  if (changes.length > 0 && existing.archivedAt !== null) {
    const archived = { code: 'backups.job-archived', params: { job: wanted.key } };
    return { row, key, outcome: 'refused', changes: [], problems: [archived] };
  }
  const job = { ...existing, ...Object.fromEntries(changes), updatedAt: at };
  const outcome = changes.length === 0 ? 'unchanged' : 'changed';
  return { row, key, outcome, changes: changes.map(([name]) => name), problems, before: existing, job };
}

function targetOf(existing: Job | undefined) {
  return existing?.target === undefined || existing.target === null ? {} : { target: existing.target };
}

async function obstaclesOf(
  context: BackupsContext,
  wanted: NewJob,
  { existing, seen, policies }: Judging & { readonly existing: Job | undefined },
): Promise<readonly Reason[]> {
  const { key, policy } = wanted;
  const found: Reason[] = [];
  if (seen.has(key)) found.push({ code: 'backups.import-twice', params: { job: key } });
  if (typeof policy === 'string' && !policies.has(policy)) {
    found.push({ code: 'backups.policy-not-found', params: { policy } });
  }
  if (existing !== undefined && (await bringsAnotherCommand(context, wanted))) {
    found.push({ code: 'backups.import-command', params: { job: key } });
  }
  try {
    if (existing !== undefined) requireUnheld(existing, wanted);
    if (existing?.source !== wanted.source || (existing.target ?? undefined) !== wanted.target)
      await requireSource(context, wanted);
  } catch (error) {
    if (!isKuraError(error)) throw error;
    found.push({ code: error.code, params: error.params });
  }
  return found;
}

/** What a job runs is settled when it is registered. */
async function bringsAnotherCommand(
  { database }: BackupsContext,
  { key, command, warnExitCodes }: NewJob,
): Promise<boolean> {
  if (command === undefined && warnExitCodes === undefined) return false;
  const { words = [], warnExitCodes: codes = [] } = (await findJobCommand(database.tables<BackupsTables>(), key)) ?? {};
  return (
    JSON.stringify(command ?? words) !== JSON.stringify(words) ||
    JSON.stringify(warnExitCodes ?? codes) !== JSON.stringify(codes)
  );
}

async function apply(context: BackupsContext, actor: Actor, rows: readonly ImportRow[]): Promise<void> {
  const moved = rows.filter(({ outcome }) => outcome === 'created' || outcome === 'changed');
  const jobs = moved.flatMap(({ before, job, wanted }) => (job === undefined ? [] : [{ before, job, wanted }]));
  const observations = await observeCopies(
    jobs.flatMap(({ job }) => job.copies),
    context.storages,
  );
  await context.unitOfWork.write(actor, async (tx) => {
    const tables = tx.tables<BackupsTables>();
    for (const { before, job, wanted } of jobs) {
      if (before !== undefined) await updateJob(tables, before, job);
      else await insertJob(tables, job);
      if (before === undefined && isPaused(job, Date.parse(job.createdAt))) {
        await beginPause(tables, { job: job.key, from: job.createdAt, until: job.active ? job.pausedUntil : null });
      }
      if (wanted !== undefined) await insertCommand(tx, wanted);
    }
    const subject = { kind: 'backup-register', id: 'import', name: 'import' };
    const after = { created: count(rows, 'created'), changed: count(rows, 'changed') };
    await tx.audit({ action: 'backups.import-jobs', subject, result: 'done', after });
    for (let from = 0; from < jobs.length; from += keysPerQuery) {
      const keys = jobs.slice(from, from + keysPerQuery).map(({ job }) => job.key);
      await updateVerdicts(context, tx, keys, observations);
    }
  });
}

export function count(rows: readonly ImportRow[], outcome: ImportRow['outcome']): number {
  return rows.filter((row) => row.outcome === outcome).length;
}
