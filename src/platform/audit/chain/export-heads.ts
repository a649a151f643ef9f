/** Signs the newest entry and hands out every head. */
import { type Clock, nowInstant } from '#kernel/clock';
import type { Database } from '#platform/db';
import type { ExportedHeads } from '../contract/chain-shapes.ts';
import type { AuditKey } from './audit-key.ts';
import type { ChainTables } from './audit-tables.ts';
import type { Sealing } from './sealing.ts';

export interface ExportDeps {
  readonly database: Database;
  readonly key: AuditKey;
  readonly sealing: Pick<Sealing, 'signHead'>;
}

export async function exportHeads({ database, key, sealing }: ExportDeps, clock: Clock): Promise<ExportedHeads> {
  await sealing.signHead();
  const rows = await database.tables<ChainTables>().selectFrom('audit_heads').selectAll().orderBy('number').execute();
  return {
    format: 'kura-audit-heads-1',
    exportedAt: nowInstant(clock),
    publicKeys: { [key.id]: key.publicKey },
    // Those of other keys cannot be vouched for from here; their own machine exports them.
    heads: rows.filter((row) => row.key_id === key.id).map(({ key_id, ...head }) => ({ ...head, keyId: key_id })),
  };
}
