/** Test plans as rows. */
import type { Selectable } from 'kysely';

import type { ReadTables, Tables } from '#platform/db';

import { contentChecksSchema, type DrillKind } from '../contract/index.ts';
import type { TestPlan } from '../core/test-plans/test-plan.ts';
import type { BackupsTables } from './backups-tables.ts';

type Reads = ReadTables<BackupsTables>;
type Writes = Tables<BackupsTables>;

/** One per job and kind. */
export async function savePlan(tables: Writes, plan: TestPlan): Promise<void> {
  const columns = columnsOf(plan);
  await tables
    .insertInto('backup_test_plans')
    .values({ id: plan.id, job_key: plan.job, kind: plan.kind, created_at: plan.createdAt, ...columns })
    .onConflict((conflict) => conflict.columns(['job_key', 'kind']).doUpdateSet(columns))
    .execute();
}

export async function markTried(tables: Writes, id: string, on: string): Promise<void> {
  await tables.updateTable('backup_test_plans').set({ tried_on: on }).where('id', '=', id).execute();
}

/** Nothing else of the row: somebody may have changed the plan since it was read. */
export async function markTold(
  tables: Writes,
  id: string,
  told: { readonly reminded_for: string } | { readonly overdue_told_on: string },
): Promise<void> {
  await tables.updateTable('backup_test_plans').set(told).where('id', '=', id).execute();
}

function columnsOf(plan: TestPlan) {
  return {
    frequency: plan.frequency,
    starts_on: plan.startsOn,
    due_on: plan.dueOn,
    automatic: plan.automatic ? 1 : 0,
    assignee: plan.assignee,
    files: plan.files,
    checks: JSON.stringify(plan.checks),
    rto_seconds: plan.rtoSeconds,
    rpo_seconds: plan.rpoSeconds,
    active: plan.active ? 1 : 0,
    since: plan.since,
    passed_at: plan.passedAt,
    tried_on: plan.triedOn,
    reminded_for: plan.remindedFor,
    overdue_told_on: plan.overdueToldOn,
  };
}

export async function findPlan(reads: Reads, job: string, kind: DrillKind): Promise<TestPlan | undefined> {
  const row = await reads
    .selectFrom('backup_test_plans')
    .selectAll()
    .where('job_key', '=', job)
    .where('kind', '=', kind)
    .executeTakeFirst();
  return row === undefined ? undefined : planOf(row);
}

/** By the day they are due. */
export async function listPlans(
  reads: Reads,
  { job, activeOnly, dueUntil }: { readonly job?: string; readonly activeOnly?: boolean; readonly dueUntil?: string },
): Promise<readonly TestPlan[]> {
  let query = reads.selectFrom('backup_test_plans').selectAll();
  if (job !== undefined) query = query.where('job_key', '=', job);
  if (activeOnly === true) query = query.where('active', '=', 1);
  if (dueUntil !== undefined) query = query.where('due_on', '<=', dueUntil);
  return (await query.orderBy('due_on').orderBy('job_key').orderBy('kind').execute()).map(planOf);
}

function planOf(row: Selectable<BackupsTables['backup_test_plans']>): TestPlan {
  return {
    id: row.id,
    job: row.job_key,
    kind: row.kind,
    frequency: row.frequency,
    startsOn: row.starts_on,
    dueOn: row.due_on,
    automatic: row.automatic === 1,
    assignee: row.assignee,
    files: row.files,
    checks: contentChecksSchema.parse(JSON.parse(row.checks)),
    rtoSeconds: row.rto_seconds,
    rpoSeconds: row.rpo_seconds,
    active: row.active === 1,
    since: row.since,
    passedAt: row.passed_at,
    triedOn: row.tried_on,
    remindedFor: row.reminded_for,
    overdueToldOn: row.overdue_told_on,
    createdAt: row.created_at,
  };
}
