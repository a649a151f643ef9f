/** What files are by their content. */
import { z } from 'zod';

import type { ModelFacts } from '#engines/modelscan';
import type { Database, Transaction } from '#platform/db';

import { readJson } from './json-column.ts';
import type { ModelsTables } from './models-tables.ts';

export interface StoredFacts {
  readonly sha256: string;
  readonly version: number;
  /** Undefined: a file that tells nothing. */
  readonly facts: ModelFacts | undefined;
  readonly readAt: string;
}

const params = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
const judgement = z.object({
  id: z.string(),
  confidence: z.number(),
  reasons: z.array(z.object({ code: z.string(), params })),
});
const texts = z.array(z.string());
const factsSchema: z.ZodType<ModelFacts> = z.object({
  tensors: z.number(),
  parameters: z.number(),
  dtypes: z.record(z.string(), z.number()),
  precision: z.string().nullable(),
  kind: judgement.nullable(),
  special: texts,
  base: judgement.nullable(),
  baseName: z.string().nullable(),
  variant: z.string().nullable(),
  rank: z.object({ least: z.number(), most: z.number(), usual: z.number() }).nullable(),
  alpha: z.number().nullable(),
  trainedWords: texts,
  resolutions: texts,
  statedBases: texts,
  trainedOn: z.string().nullable(),
  mergeRecipe: z.string().nullable(),
  notes: z.record(z.string(), z.string()),
});

export async function saveFileFacts(tx: Transaction, { sha256, version, facts, readAt }: StoredFacts): Promise<void> {
  const changes = {
    facts_version: version,
    facts: facts === undefined ? null : JSON.stringify(facts),
    kind: facts?.kind?.id ?? null,
    base: facts?.base?.id ?? null,
    read_at: readAt,
  };
  await tx
    .tables<ModelsTables>()
    .insertInto('file_facts')
    .values({ sha256: sha256.toLowerCase(), ...changes })
    .onConflict((conflict) => conflict.column('sha256').doUpdateSet(changes))
    .execute();
}

/** Undefined: nobody has looked at these bytes, or an older version of Kura has. */
export async function findFileFacts(
  database: Database,
  sha256: string,
  version: number,
): Promise<StoredFacts | undefined> {
  const row = await database
    .tables<ModelsTables>()
    .selectFrom('file_facts')
    .selectAll()
    .where('sha256', '=', sha256.toLowerCase())
    .where('facts_version', '=', version)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const facts = row.facts === null ? undefined : readJson(factsSchema, row.facts);
  return { sha256: row.sha256, version: row.facts_version, facts, readAt: row.read_at };
}

/** What the site calls a file; undefined = it is not in the catalogue. */
export async function publishedFile(
  database: Database,
  versionId: number | null,
  fileId: number | null,
): Promise<{ readonly type: string; readonly format: string | null } | undefined> {
  if (versionId === null || fileId === null) return undefined;
  return database
    .tables<ModelsTables>()
    .selectFrom('catalogue_files')
    .select(['type', 'format'])
    .where('version_id', '=', versionId)
    .where('file_id', '=', fileId)
    .executeTakeFirst();
}

/** In which numbers the site says a file is written; null = it does not say, or is not in the catalogue. */
export async function publishedPrecision(
  database: Database,
  versionId: number,
  fileId: number,
): Promise<string | null> {
  const row = await database
    .tables<ModelsTables>()
    .selectFrom('catalogue_files')
    .select('fp')
    .where('version_id', '=', versionId)
    .where('file_id', '=', fileId)
    .executeTakeFirst();
  return row?.fp ?? null;
}
