/** The history of downloads, asked by date, type, status and text (models.md M-181). */
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';

import { containsText, type Database } from '#platform/db';

import type { DownloadStatus } from '../contract/index.ts';
import type { ModelsTables } from './models-tables.ts';

export interface DownloadConditions {
  readonly status?: readonly DownloadStatus[] | undefined;
  readonly type?: readonly string[] | undefined;
  /** Instants. */
  readonly from?: string | undefined;
  readonly before?: string | undefined;
  readonly text?: string | undefined;
}

type Builder = ExpressionBuilder<ModelsTables, 'downloads'>;

export function downloadCondition(conditions: DownloadConditions) {
  const { status = [], type = [], from, before, text } = conditions;
  return (eb: Builder): Expression<SqlBool> =>
    eb.and([
      ...(status.length === 0 ? [] : [eb('status', 'in', [...status])]),
      ...(type.length === 0
        ? []
        : [
            eb(
              eb.fn<string>('lower', ['type']),
              'in',
              type.map((one) => one.toLowerCase()),
            ),
          ]),
      ...(from === undefined ? [] : [eb('updated_at', '>=', from)]),
      ...(before === undefined ? [] : [eb('updated_at', '<', before)]),
      ...(text === undefined ? [] : [containsText(['name', 'model_name', 'ref'], text)]),
    ]);
}

export interface DownloadFact {
  readonly type: string;
  readonly status: DownloadStatus;
  readonly sizeBytes: number | null;
  readonly seconds: number | null;
  readonly networkBytes: number | null;
  readonly reasonCode: string | null;
}

/** Only what is counted, so that a long history fits into memory. */
export async function readDownloadFacts(
  database: Database,
  conditions: DownloadConditions,
): Promise<readonly DownloadFact[]> {
  const rows = await database
    .tables<ModelsTables>()
    .selectFrom('downloads')
    .select(['type', 'status', 'size_bytes', 'seconds', 'network_bytes', 'reason_code'])
    .where(downloadCondition(conditions))
    .execute();
  return rows.map((row) => ({
    type: row.type,
    status: row.status,
    sizeBytes: row.size_bytes,
    seconds: row.seconds,
    networkBytes: row.network_bytes,
    reasonCode: row.reason_code,
  }));
}
