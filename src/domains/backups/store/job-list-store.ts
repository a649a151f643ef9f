/** Jobs as a list: filtered, sorted and counted by the database, three queries whatever their number. */
import { type OrderByExpression, type SelectQueryBuilder, type SqlBool, sql } from 'kysely';

import { containsText, type ReadTables } from '#platform/db';

import type { JobOrder, JobQuery, ListedJob } from '../contract/index.ts';
import type { BackupsTables } from './backups-tables.ts';
import { withCopies } from './register-store.ts';
import { readDigits } from './verdict-store.ts';

type Reads = ReadTables<BackupsTables>;
type Joined = Pick<BackupsTables, 'backup_jobs'> & {
  verdict: { [Name in keyof BackupsTables['backup_verdicts']]: BackupsTables['backup_verdicts'][Name] | null };
  schedule: { [Name in keyof BackupsTables['backup_schedules']]: BackupsTables['backup_schedules'][Name] | null };
};
type JobsQuery<Row> = SelectQueryBuilder<Joined, 'backup_jobs' | 'verdict' | 'schedule', Row>;

export interface JobPage {
  readonly items: readonly ListedJob[];
  readonly total: number;
}

export async function listJobs(reads: Reads, query: JobQuery, now: string): Promise<JobPage> {
  const { total } = await filtered(jobsWithState(reads), query, now)
    .select(({ fn }) => fn.countAll<number | string>().as('total'))
    .executeTakeFirstOrThrow();
  const rows = await sorted(filtered(jobsWithState(reads), query, now), query)
    .selectAll('backup_jobs')
    .select([
      'verdict.status',
      'verdict.digits',
      'verdict.since',
      'verdict.valid_until',
      'verdict.score',
      'verdict.last_run_at',
      'verdict.last_run_result',
      'verdict.last_good_at',
      'schedule.cron',
      'schedule.zone',
      'schedule.enabled',
    ])
    .limit(query.limit)
    .offset(query.offset)
    .execute();
  const jobs =
    rows.length === 0
      ? []
      : await withCopies(
          reads,
          rows,
          rows.map(({ key }) => key),
        );
  const byKey = new Map(rows.map((row) => [row.key, row]));
  const items = jobs.map((job) => {
    const row = byKey.get(job.key);
    return {
      ...job,
      verdict: row === undefined ? null : verdictOf(row),
      schedule: row === undefined ? null : scheduleOf(row),
    };
  });
  return { items, total: Number(total) };
}

function jobsWithState(reads: Reads) {
  return reads
    .selectFrom('backup_jobs')
    .leftJoin('backup_verdicts as verdict', 'verdict.job_key', 'backup_jobs.key')
    .leftJoin('backup_schedules as schedule', 'schedule.job_key', 'backup_jobs.key');
}

/** Columns that have to be equal to what is asked for. */
const equal = [
  ['verdict', 'verdict.status'],
  ['owner', 'backup_jobs.owner'],
  ['criticality', 'backup_jobs.criticality'],
  ['dataClass', 'backup_jobs.data_class'],
  ['kind', 'backup_jobs.kind'],
  ['policy', 'backup_jobs.policy'],
] as const;

function filtered<Row>(query: JobsQuery<Row>, wanted: JobQuery, now: string): JobsQuery<Row> {
  let found = query;
  for (const [name, column] of equal) {
    const value = wanted[name];
    if (value !== undefined) found = found.where(column, '=', value);
  }
  if (wanted.tag !== undefined) found = found.where(hasTag(wanted.tag));
  if (wanted.ranSince !== undefined) found = found.where('verdict.last_run_at', '>=', wanted.ranSince);
  if (wanted.ranBefore !== undefined) found = found.where('verdict.last_run_at', '<', wanted.ranBefore);
  return withText(inState(found, wanted.state, now), wanted.q);
}

/** A whole tag, in its own letters: unlike `like`, `replace` knows no wildcards and tells A from a in every database. */
function hasTag(tag: string) {
  const tags = sql.ref<string>('backup_jobs.tags');
  return sql<SqlBool>`replace(${tags}, ${JSON.stringify(tag)}, '') <> ${tags}`;
}

function inState<Row>(query: JobsQuery<Row>, state: JobQuery['state'], now: string): JobsQuery<Row> {
  if (state === 'all') return query;
  if (state === 'archived') return query.where('backup_jobs.archived_at', 'is not', null);
  const live = query.where('backup_jobs.archived_at', 'is', null);
  if (state === 'live') return live;
  if (state === 'active') {
    return live
      .where('backup_jobs.active', '=', 1)
      .where((eb) => eb.or([eb('backup_jobs.paused_until', 'is', null), eb('backup_jobs.paused_until', '<=', now)]));
  }
  return live.where((eb) => eb.or([eb('backup_jobs.active', '=', 0), eb('backup_jobs.paused_until', '>', now)]));
}

function withText<Row>(query: JobsQuery<Row>, text: string | undefined): JobsQuery<Row> {
  if (text === undefined || text === '') return query;
  const columns = ['key', 'title', 'source', 'target', 'description'].map((name) => `backup_jobs.${name}`);
  return query.where(containsText(columns, text));
}

function sorted<Row>(query: JobsQuery<Row>, { order, descending }: JobQuery): JobsQuery<Row> {
  const direction = descending ? 'desc' : 'asc';
  return query.orderBy(orders[order], direction).orderBy('backup_jobs.key');
}

const worstFirst = sql`case verdict.status when 'non_compliant' then 0 when 'unknown' then 1 when 'warning' then 2 when 'compliant' then 3 when 'paused' then 4 else 5 end * 1000 + coalesce(verdict.score, 0)`;
const mostImportantFirst = sql`case backup_jobs.criticality when 'critical' then 0 when 'high' then 1 when 'normal' then 2 else 3 end`;

const orders: Readonly<Record<JobOrder, OrderByExpression<Joined, 'backup_jobs' | 'verdict' | 'schedule', unknown>>> = {
  key: 'backup_jobs.key',
  title: sql`lower(backup_jobs.title)`,
  worst: worstFirst,
  // The text is empty where nothing ran, so that both databases put it at the same end.
  'last-run': sql`coalesce(verdict.last_run_at, '')`,
  criticality: mostImportantFirst,
  owner: sql`coalesce(backup_jobs.owner, '')`,
  created: 'backup_jobs.created_at',
};

type VerdictRow = Pick<
  Joined['verdict'],
  'status' | 'digits' | 'since' | 'valid_until' | 'score' | 'last_run_at' | 'last_run_result' | 'last_good_at'
>;

function verdictOf(row: VerdictRow): ListedJob['verdict'] {
  const { status, digits, since, score } = row;
  if (status === null || digits === null || since === null || score === null) return null;
  return {
    status,
    digits: readDigits(digits),
    since,
    score,
    validUntil: row.valid_until,
    lastRunAt: row.last_run_at,
    lastRunResult: row.last_run_result,
    lastGoodAt: row.last_good_at,
  };
}

function scheduleOf({
  cron,
  zone,
  enabled,
}: Pick<Joined['schedule'], 'cron' | 'zone' | 'enabled'>): ListedJob['schedule'] {
  return cron === null || zone === null ? null : { cron, zone, enabled: enabled === 1 };
}
