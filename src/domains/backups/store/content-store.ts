/** Which contents lie in which copy, and since when they are known to be readable. */
import type { Sha256 } from '#kernel/brands';
import type { ReadTables, Tables } from '#platform/db';

import type { BackupsTables } from './backups-tables.ts';

type Reads = ReadTables<BackupsTables>;
type Writes = Tables<BackupsTables>;

export interface StoredContents {
  readonly copyId: string;
  readonly snapshot: string;
  readonly at: string;
  readonly sha256s: readonly string[];
}

/** Contents that were there before keep what is known of them. */
export async function addContents(tables: Writes, { copyId, snapshot, at, sha256s }: StoredContents): Promise<void> {
  for (let from = 0; from < sha256s.length; from += perStatement) {
    const rows = sha256s
      .slice(from, from + perStatement)
      .map((sha256) => ({ copy_id: copyId, sha256, snapshot, stored_at: at, verified_at: null }));
    await tables
      .insertInto('backup_contents')
      .values(rows)
      .onConflict((conflict) => conflict.columns(['copy_id', 'sha256']).doNothing())
      .execute();
  }
}

/** Everything that was stored before the verification began was read by it. */
export async function markAllVerified(tables: Writes, copyId: string, startedAt: string): Promise<void> {
  await tables
    .updateTable('backup_contents')
    .set({ verified_at: startedAt })
    .where('copy_id', '=', copyId)
    .where('stored_at', '<=', startedAt)
    .execute();
}

export async function markVerified(
  tables: Writes,
  copyId: string,
  startedAt: string,
  sha256s: readonly string[],
): Promise<void> {
  for (let from = 0; from < sha256s.length; from += perStatement) {
    await tables
      .updateTable('backup_contents')
      .set({ verified_at: startedAt })
      .where('copy_id', '=', copyId)
      .where('sha256', 'in', sha256s.slice(from, from + perStatement))
      .execute();
  }
}

export interface ContentPlace {
  readonly sha256: Sha256;
  readonly copyId: string;
  readonly snapshot: string;
  readonly verifiedAt: string | null;
}

export async function findContents(reads: Reads, sha256s: readonly Sha256[]): Promise<readonly ContentPlace[]> {
  const places: ContentPlace[] = [];
  for (let from = 0; from < sha256s.length; from += perStatement) {
    const rows = await reads
      .selectFrom('backup_contents')
      .selectAll()
      .where('sha256', 'in', sha256s.slice(from, from + perStatement))
      .execute();
    places.push(
      ...rows.map((row) => ({
        sha256: row.sha256 as Sha256,
        copyId: row.copy_id,
        snapshot: row.snapshot,
        verifiedAt: row.verified_at,
      })),
    );
  }
  return places;
}

/** Both databases take 5 columns of so many rows as parameters. */
const perStatement = 1000;
