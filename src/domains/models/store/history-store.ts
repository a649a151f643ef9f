/** The history of searches. */
import type { Selectable } from 'kysely';
import { z } from 'zod';

import type { Database, Transaction } from '#platform/db';

import {
  type CollectQuery,
  collectQuerySchema,
  type RunKind,
  type SearchStage,
  stageSchema,
} from '../contract/index.ts';
import type { CollectingTables } from './collecting-tables.ts';
import { readJson } from './json-column.ts';
import { cutPage, readPositionCursor } from './position-cursor.ts';
import { reasonColumns, reasonOfRow, type StoredReason } from './reason-column.ts';

export interface SearchRun {
  readonly id: string;
  readonly kind: RunKind;
  readonly query: CollectQuery;
  readonly found: number;
  readonly stages: readonly SearchStage[];
  readonly stopped: string;
  readonly reason: StoredReason | null;
  readonly resultHash: string;
  readonly startedAt: string;
  readonly ms: number;
}

export async function insertSearchRun(tx: Transaction, run: SearchRun): Promise<void> {
  await tx
    .tables<CollectingTables>()
    .insertInto('search_runs')
    .values({
      id: run.id,
      kind: run.kind,
      query: JSON.stringify(run.query),
      found: run.found,
      stages: JSON.stringify(run.stages),
      stopped: run.stopped,
      ...reasonColumns(run.reason),
      result_hash: run.resultHash,
      started_at: run.startedAt,
      ms: run.ms,
    })
    .execute();
}

export interface HistoryFilter {
  readonly kind?: RunKind | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Newest first. @throws KuraError `models.bad-cursor`. */
export async function listSearchRuns(database: Database, { kind, limit, cursor }: HistoryFilter) {
  const rows = await database
    .tables<CollectingTables>()
    .selectFrom('search_runs')
    .selectAll()
    .where('position', '<', readPositionCursor(cursor))
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind ?? 'search'))
    .orderBy('position', 'desc')
    .limit(limit + 1)
    .execute();
  const { page, nextCursor } = cutPage(rows, limit);
  return { items: page.map(searchRunOf), nextCursor };
}

export async function findSearchRun(database: Database, id: string): Promise<SearchRun | undefined> {
  const row = await database
    .tables<CollectingTables>()
    .selectFrom('search_runs')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  return row === undefined ? undefined : searchRunOf(row);
}

export async function pruneSearchRuns(tx: Transaction, before: string): Promise<number> {
  const { numDeletedRows } = await tx
    .tables<CollectingTables>()
    .deleteFrom('search_runs')
    .where('started_at', '<', before)
    .executeTakeFirst();
  return Number(numDeletedRows);
}

function searchRunOf(row: Selectable<CollectingTables['search_runs']>): SearchRun {
  return {
    id: row.id,
    kind: row.kind,
    query: readJson(collectQuerySchema, row.query),
    found: row.found,
    stages: readJson(z.array(stageSchema), row.stages),
    stopped: row.stopped,
    reason: reasonOfRow(row),
    resultHash: row.result_hash,
    startedAt: row.started_at,
    ms: row.ms,
  };
}
