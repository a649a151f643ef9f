/** Plans of reports as rows. */
import type { Selectable } from 'kysely';
import { z } from 'zod';

import type { ReadTables, Tables } from '#platform/db';

import { documentPlanBodySchema } from '../../contract/index.ts';
import type { DocumentTables } from './document-tables.ts';

type Reads = ReadTables<DocumentTables>;
type Writes = Tables<DocumentTables>;

const planSchema = documentPlanBodySchema.extend({ zone: z.string(), language: z.enum(['en', 'ja']) });

export type StoredPlan = z.output<typeof planSchema> & {
  readonly name: string;
  readonly createdBy: string;
  readonly createdAt: string;
};

export async function savePlan(tables: Writes, { name, createdBy, createdAt, ...plan }: StoredPlan): Promise<void> {
  await tables
    .insertInto('backup_document_plans')
    .values({ name, plan: JSON.stringify(plan), created_by: createdBy, created_at: createdAt })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ plan: JSON.stringify(plan) }))
    .execute();
}

export async function deletePlan(tables: Writes, name: string): Promise<boolean> {
  const { numDeletedRows } = await tables
    .deleteFrom('backup_document_plans')
    .where('name', '=', name)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

export async function findPlans(reads: Reads): Promise<readonly StoredPlan[]> {
  return (await reads.selectFrom('backup_document_plans').selectAll().orderBy('name').execute()).map(planOf);
}

export async function findPlan(reads: Reads, name: string): Promise<StoredPlan | undefined> {
  const row = await reads.selectFrom('backup_document_plans').selectAll().where('name', '=', name).executeTakeFirst();
  return row === undefined ? undefined : planOf(row);
}

function planOf(row: Selectable<DocumentTables['backup_document_plans']>): StoredPlan {
  const plan = planSchema.parse(JSON.parse(row.plan));
  return { ...plan, name: row.name, createdBy: row.created_by, createdAt: row.created_at };
}
