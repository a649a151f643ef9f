/** What was counted for the features of the site's API, and what people chose. */
import type { Selectable } from 'kysely';

import type { ProbeOutcome } from '#engines/civitai';
import type { Database, Transaction } from '#platform/db';

import type { ApiWatchTables } from './api-watch-tables.ts';

export interface StoredFeature {
  readonly id: string;
  readonly succeeded: number;
  readonly failed: number;
  readonly lastUsedAt: string | null;
  readonly lastFailedAt: string | null;
  /** Error code. */
  readonly lastError: string | null;
  readonly probedAt: string | null;
  readonly probeOutcome: ProbeOutcome | null;
  readonly chosen: 'on' | 'off' | null;
}

const neverUsed = {
  succeeded: 0,
  failed: 0,
  last_used_at: null,
  last_failed_at: null,
  last_error: null,
  probed_at: null,
  probe_outcome: null,
  chosen: null,
};

export async function listFeatureRows(database: Database): Promise<readonly StoredFeature[]> {
  const rows = await database.tables<ApiWatchTables>().selectFrom('api_features').selectAll().execute();
  return rows.map(featureOf);
}

export interface CountedUse {
  readonly id: string;
  readonly succeeded: number;
  readonly failed: number;
  readonly at: string;
  readonly error: string | null;
}

export async function addUse(tx: Transaction, { id, succeeded, failed, at, error }: CountedUse): Promise<void> {
  const failure = failed === 0 ? {} : { last_failed_at: at, last_error: error };
  await tx
    .tables<ApiWatchTables>()
    .insertInto('api_features')
    .values({ ...neverUsed, feature_id: id, succeeded, failed, last_used_at: at, ...failure })
    .onConflict((conflict) =>
      conflict.column('feature_id').doUpdateSet(({ eb }) => ({
        succeeded: eb('api_features.succeeded', '+', succeeded),
        failed: eb('api_features.failed', '+', failed),
        last_used_at: at,
        ...failure,
      })),
    )
    .execute();
}

/** A feature that was shown to work starts anew: its failures were of another time. */
export async function saveProbe(tx: Transaction, id: string, outcome: ProbeOutcome, at: string): Promise<void> {
  const changes = {
    probed_at: at,
    probe_outcome: outcome,
    ...(outcome === 'works' ? { succeeded: 0, failed: 0 } : {}),
  };
  await upsert(tx, id, changes);
}

export async function saveChoice(tx: Transaction, id: string, chosen: 'on' | 'off' | null): Promise<void> {
  await upsert(tx, id, { chosen });
}

async function upsert(
  tx: Transaction,
  id: string,
  changes: Partial<Omit<ApiWatchTables['api_features'], 'feature_id'>>,
): Promise<void> {
  await tx
    .tables<ApiWatchTables>()
    .insertInto('api_features')
    .values({ ...neverUsed, feature_id: id, ...changes })
    .onConflict((conflict) => conflict.column('feature_id').doUpdateSet(changes))
    .execute();
}

function featureOf(row: Selectable<ApiWatchTables['api_features']>): StoredFeature {
  return {
    id: row.feature_id,
    succeeded: row.succeeded,
    failed: row.failed,
    lastUsedAt: row.last_used_at,
    lastFailedAt: row.last_failed_at,
    lastError: row.last_error,
    probedAt: row.probed_at,
    probeOutcome: row.probe_outcome,
    chosen: row.chosen,
  };
}
