import { sql } from 'kysely';

import type { ReadTables } from '#platform/db';

import type { SearchIndex } from './search-index.ts';

export interface IndexAgreement {
  /** Entries the index does not know. */
  readonly missing: number;
  /** What the index knows of entries that are gone. */
  readonly orphaned: number;
}

export async function countUnindexed(reads: ReadTables<unknown>, { indexed }: SearchIndex): Promise<IndexAgreement> {
  const found = await sql<IndexAgreement>`
    select
      (select count(*) from knowledge_entries e
        where not exists (select 1 from ${indexed} i where i.position = e.position)) as missing,
      (select count(*) from ${indexed} i
        where not exists (select 1 from knowledge_entries e where e.position = i.position)) as orphaned`.execute(reads);
  return found.rows[0] ?? { missing: 0, orphaned: 0 };
}
