/** Answers as they were sent (models.md M-066): what no field holds today can be read from them tomorrow. */
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';

import type { Model, ModelVersion, Raw } from '#engines/civitai';
import type { Instant } from '#kernel/brands';
import type { Database, Transaction } from '#platform/db';

import type { CatalogueTables } from './catalogue-tables.ts';
import { upsertRows } from './catalogue-upsert.ts';

/** Changes when the form of what is stored does, not when the site's does. */
const SCHEMA_VERSION = 1;

export interface StoredAnswer {
  readonly origin: 'list' | 'detail';
  readonly schemaVersion: number;
  readonly fetchedAt: string;
  readonly body: unknown;
}

/** Lists leave out what details tell, so each origin is kept beside the other. */
export async function storeModelAnswers(tx: Transaction, models: readonly Model[], at: Instant): Promise<void> {
  await store(
    tx,
    models.map((model) => answerRow('model', model.modelId, { origin: originOf(model), raw: model.raw, at })),
  );
}

/** For versions that came alone. */
export async function storeVersionAnswers(
  tx: Transaction,
  versions: readonly ModelVersion[],
  at: Instant,
): Promise<void> {
  await store(
    tx,
    versions.map((version) => answerRow('version', version.versionId, { origin: 'detail', raw: version.raw, at })),
  );
}

/** The fullest first. */
export async function readAnswers(
  database: Database,
  subject: 'model' | 'version',
  id: number,
): Promise<readonly StoredAnswer[]> {
  const rows = await database
    .tables<CatalogueTables>()
    .selectFrom('catalogue_answers')
    .selectAll()
    .where('subject', '=', subject)
    .where('subject_id', '=', id)
    .orderBy('origin')
    .execute();
  return rows.map(({ origin, schema_version: schemaVersion, fetched_at: fetchedAt, body }) => ({
    origin,
    schemaVersion,
    fetchedAt,
    body: JSON.parse(zstdDecompressSync(body).toString('utf8')) as unknown,
  }));
}

/** Only details know the state of publication. */
function originOf({ status, versions }: Model): StoredAnswer['origin'] {
  return status !== null || versions.some((version) => version.status !== null) ? 'detail' : 'list';
}

function answerRow(
  subject: 'model' | 'version',
  id: number,
  { origin, raw, at }: { readonly origin: StoredAnswer['origin']; readonly raw: Raw; readonly at: Instant },
) {
  return {
    subject,
    subject_id: id,
    origin,
    schema_version: SCHEMA_VERSION,
    fetched_at: at,
    body: zstdCompressSync(JSON.stringify(raw)),
  };
}

async function store(tx: Transaction, rows: readonly ReturnType<typeof answerRow>[]): Promise<void> {
  await upsertRows(tx, 'catalogue_answers', rows, {
    key: ['subject', 'subject_id', 'origin'],
    replace: ['schema_version', 'fetched_at', 'body'],
    keep: [],
  });
}
