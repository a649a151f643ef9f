/** By which options the qualities in the index were counted, and counting them anew. */
import { sql } from 'kysely';
import { z } from 'zod';

import type { Database, Transaction } from '#platform/db';

import {
  defaultQuality,
  type QualityOptions,
  qualityWeightsSchema,
  scoreQuality,
} from '../../core/search/quality-score.ts';
import type { CatalogueTables } from '../catalogue-tables.ts';
import { readJson } from '../json-column.ts';

export interface QualityTables {
  /** At most one row. */
  catalogue_quality: {
    name: string;
    options: string;
    /** 1 when all models are counted by them. */
    complete: number;
  };
}

export interface QualityCounted {
  readonly options: QualityOptions;
  readonly isComplete: boolean;
}

const optionsSchema = z.object({ weights: qualityWeightsSchema, perYearAt: z.number().optional() });
const NAME = 'quality';

export async function readQualityCount(reads: Pick<Database, 'tables'>): Promise<QualityCounted> {
  const row = await reads
    .tables<QualityTables>()
    .selectFrom('catalogue_quality')
    .select(['options', 'complete'])
    .executeTakeFirst();
  if (row === undefined) return { options: defaultQuality, isComplete: true };
  const { weights, perYearAt } = readJson(optionsSchema, row.options);
  return { options: { weights, ...(perYearAt === undefined ? {} : { perYearAt }) }, isComplete: row.complete === 1 };
}

/** Models that are written from now on are counted by these options. */
export async function writeQualityCount(tx: Transaction, { options, isComplete }: QualityCounted): Promise<void> {
  const row = { options: JSON.stringify(options), complete: Number(isComplete) };
  await tx
    .tables<QualityTables>()
    .insertInto('catalogue_quality')
    .values({ name: NAME, ...row })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
    .execute();
}

interface CountedRow {
  readonly modelId: number;
  readonly likes: number;
  readonly downloads: number;
  readonly comments: number;
  readonly tagKeys: string;
  readonly safe: number;
  readonly published: string | null;
}

/** Counts the next `size` models after an id; answers with the last of them, undefined when there are no more. */
export async function countQualities(
  tx: Transaction,
  options: QualityOptions,
  after: number,
  size: number,
): Promise<number | undefined> {
  const tables = tx.tables<CatalogueTables>();
  const { rows } = await sql<CountedRow>`
    select i.model_id as ${sql.ref('modelId')}, i.likes, i.downloads, i.comments, i.tag_keys as ${sql.ref('tagKeys')},
      (select count(*) from catalogue_version_index v where v.model_id = i.model_id and v.rating = 'safe') as safe,
      (select min(v.published_at) from catalogue_version_index v where v.model_id = i.model_id) as published
    from catalogue_index i where i.model_id > ${after} order by i.model_id limit ${size}`.execute(tables);
  if (rows.length === 0) return undefined;
  const scores = rows.map(
    (row) => sql`(cast(${row.modelId} as bigint), cast(${scoreOf(row, options)} as double precision))`,
  );
  await sql`
    with fresh (id, score) as (values ${sql.join(scores)})
    update catalogue_index set quality = fresh.score from fresh where catalogue_index.model_id = fresh.id`.execute(
    tables,
  );
  return rows.at(-1)?.modelId;
}

function scoreOf(row: CountedRow, options: QualityOptions): number {
  const facts = {
    likes: known(row.likes),
    downloads: known(row.downloads),
    comments: known(row.comments),
    isSafe: row.safe > 0,
    tags: row.tagKeys.split('\n'),
    publishedMs: row.published === null ? null : Date.parse(row.published),
  };
  return scoreQuality(facts, options).score;
}

function known(count: number): number | null {
  return count < 0 ? null : count;
}
