/** Answers of external scanners by the hash of the bytes. */
import { z } from 'zod';

import { type Instant, instant } from '#kernel/brands';
import type { Database, Transaction } from '#platform/db';

import type { ExternalScan } from '../ports.ts';
import { readJson } from './json-column.ts';
import type { ModelsTables } from './models-tables.ts';

export interface StoredExternalScan extends ExternalScan {
  readonly sha256: string;
  /** Of the scanner. */
  readonly version: string;
  readonly scannedAt: Instant;
}

const findingsSchema = z.array(
  z.object({ rule: z.string(), severity: z.enum(['suspicious', 'dangerous']), message: z.string() }),
);
const reasonSchema = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});

/** In place of what the scanner said before. */
export async function saveExternalScan(tx: Transaction, scan: StoredExternalScan): Promise<void> {
  const { version, result, isolation } = scan;
  const changes = {
    version,
    result,
    findings: JSON.stringify(scan.findings),
    reason: scan.reason === null ? null : JSON.stringify(scan.reason),
    isolation,
    scanned_at: scan.scannedAt,
  };
  await tx
    .tables<ModelsTables>()
    .insertInto('external_scans')
    .values({ sha256: scan.sha256, scanner: scan.scanner, ...changes })
    .onConflict((conflict) => conflict.columns(['sha256', 'scanner']).doUpdateSet(changes))
    .execute();
}

/** By name of the scanner. */
export async function findExternalScans(
  database: Database,
  sha256: string,
): Promise<ReadonlyMap<string, StoredExternalScan>> {
  const rows = await database
    .tables<ModelsTables>()
    .selectFrom('external_scans')
    .selectAll()
    .where('sha256', '=', sha256)
    .orderBy('scanner')
    .execute();
  return new Map(
    rows.map(({ scanner, version, result, findings, reason, isolation, scanned_at: scannedAt }) => [
      scanner,
      {
        sha256,
        scanner,
        version,
        result,
        isolation,
        findings: readJson(findingsSchema, findings),
        reason: reason === null ? null : readJson(reasonSchema, reason),
        scannedAt: instant(new Date(scannedAt)),
      },
    ]),
  );
}
