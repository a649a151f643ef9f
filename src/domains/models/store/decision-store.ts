/** What was decided last about connections and files at once, beside the rows of downloads and batches. */
import { z } from 'zod';

import type { Database, Transaction } from '#platform/db';

import { type KeptDecision, keptDecisionSchema } from '../contract/steering-shapes.ts';
import type { BatchTables } from './batch-tables.ts';
import { readJson } from './json-column.ts';
import type { ModelsTables } from './models-tables.ts';

const decisionsSchema = z.array(keptDecisionSchema);

export async function saveDownloadDecisions(
  tx: Transaction,
  id: string,
  decisions: readonly KeptDecision[],
): Promise<void> {
  const values = { decisions: JSON.stringify(decisions) };
  await tx.tables<ModelsTables>().updateTable('downloads').set(values).where('id', '=', id).execute();
}

export async function saveBatchDecisions(
  tx: Transaction,
  id: string,
  decisions: readonly KeptDecision[],
): Promise<void> {
  const values = { decisions: JSON.stringify(decisions) };
  await tx.tables<BatchTables>().updateTable('batches').set(values).where('id', '=', id).execute();
}

/** Latest first. */
export async function readDownloadDecisions(database: Database, id: string): Promise<readonly KeptDecision[]> {
  const row = await database
    .tables<ModelsTables>()
    .selectFrom('downloads')
    .select('decisions')
    .where('id', '=', id)
    .executeTakeFirst();
  return latestFirst(row?.decisions ?? null);
}

/** Latest first. */
export async function readBatchDecisions(database: Database, id: string): Promise<readonly KeptDecision[]> {
  const row = await database
    .tables<BatchTables>()
    .selectFrom('batches')
    .select('decisions')
    .where('id', '=', id)
    .executeTakeFirst();
  return latestFirst(row?.decisions ?? null);
}

function latestFirst(text: string | null): readonly KeptDecision[] {
  return text === null ? [] : readJson(decisionsSchema, text).toReversed();
}
