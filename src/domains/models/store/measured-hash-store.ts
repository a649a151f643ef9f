/** What files hashed to when they were last read, and by what one sees that they are still the same. */
import { sep } from 'node:path';
import { type SqlBool, sql } from 'kysely';
import { z } from 'zod';

import type { Instant } from '#kernel/brands';
import type { Database, Transaction } from '#platform/db';

import { readJson } from './json-column.ts';
import type { MeasuredHashTables } from './measured-hash-tables.ts';

/** Equal facts, equal bytes – as far as a file system tells: whoever sets times back by hand is believed. */
export interface FileFacts {
  readonly path: string;
  readonly sizeBytes: number;
  readonly mtimeNs: string;
  readonly inode: string;
}

const hashesSchema = z.object({
  AutoV1: z.string(),
  AutoV2: z.string(),
  AutoV3: z.string().optional(),
  SHA256: z.string(),
  CRC32: z.string(),
  BLAKE3: z.string(),
});
export type MeasuredHashes = z.output<typeof hashesSchema>;

/** Undefined when the file was never measured, or is not what it was. */
export async function findMeasuredHashes(database: Database, facts: FileFacts): Promise<MeasuredHashes | undefined> {
  const row = await database
    .tables<MeasuredHashTables>()
    .selectFrom('measured_hashes')
    .select('hashes')
    .where('path', '=', facts.path)
    .where('size_bytes', '=', facts.sizeBytes)
    .where('mtime_ns', '=', facts.mtimeNs)
    .where('inode', '=', facts.inode)
    .executeTakeFirst();
  return row === undefined ? undefined : readJson(hashesSchema, row.hashes);
}

/** Whether a file at the path, or somewhere below it, was ever measured. */
export async function hasMeasuredBelow(database: Database, path: string): Promise<boolean> {
  const folder = `${path.replace(/[/\\]$/, '')}${sep}`;
  const pattern = `${folder.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const row = await database
    .tables<MeasuredHashTables>()
    .selectFrom('measured_hashes')
    .select('path')
    .where((where) => where.or([where('path', '=', path), sql<SqlBool>`path like ${pattern} escape '\\'`]))
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export async function saveMeasuredHashes(
  tx: Transaction,
  facts: FileFacts,
  hashes: MeasuredHashes,
  at: Instant,
): Promise<void> {
  const known = {
    size_bytes: facts.sizeBytes,
    mtime_ns: facts.mtimeNs,
    inode: facts.inode,
    hashes: JSON.stringify(hashes),
    measured_at: at,
  };
  await tx
    .tables<MeasuredHashTables>()
    .insertInto('measured_hashes')
    .values({ path: facts.path, ...known })
    .onConflict((conflict) => conflict.column('path').doUpdateSet(known))
    .execute();
}
