/** Answers of the virus scanner by the hash of the bytes. */
import { z } from 'zod';

import { type Instant, instant } from '#kernel/brands';
import type { Database, Transaction } from '#platform/db';

import type { VirusScan } from '../ports.ts';
import { readJson } from './json-column.ts';
import type { ModelsTables } from './models-tables.ts';

export interface StoredVirusScan extends VirusScan {
  readonly sha256: string;
  readonly scannedAt: Instant;
}

const reasonSchema = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});

export async function saveVirusScan(tx: Transaction, scan: StoredVirusScan): Promise<void> {
  const { engine, reason } = scan;
  const changes = {
    signatures_date: engine?.signatures.date ?? null,
    result: scan.result,
    signature: scan.signature,
    engine: engine?.name ?? null,
    reason: reason === null ? null : JSON.stringify(reason),
    scanned_at: scan.scannedAt,
  };
  await tx
    .tables<ModelsTables>()
    .insertInto('virus_scans')
    .values({ sha256: scan.sha256, signatures_version: engine?.signatures.version ?? '', ...changes })
    .onConflict((conflict) => conflict.columns(['sha256', 'signatures_version']).doUpdateSet(changes))
    .execute();
}

/** The last one that came to a result; where there is none, the last one that did not. */
export async function findVirusScan(database: Database, sha256: string): Promise<StoredVirusScan | undefined> {
  const rows = await database
    .tables<ModelsTables>()
    .selectFrom('virus_scans')
    .selectAll()
    .where('sha256', '=', sha256)
    .orderBy('scanned_at', 'desc')
    .execute();
  const row = rows.find(({ result }) => result !== 'not-scanned') ?? rows[0];
  if (row === undefined) return undefined;
  const date = row.signatures_date === null ? null : instant(new Date(row.signatures_date));
  const version = row.signatures_version === '' ? null : row.signatures_version;
  return {
    sha256,
    result: row.result,
    signature: row.signature,
    engine: row.engine === null ? null : { name: row.engine, signatures: { version, date } },
    reason: row.reason === null ? null : readJson(reasonSchema, row.reason),
    scannedAt: instant(new Date(row.scanned_at)),
  };
}
