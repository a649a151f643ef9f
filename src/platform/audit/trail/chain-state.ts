/** How the chain stands, without reading it through. */
import type { Database } from '#platform/db';

import type { AuditKey } from '../chain/audit-key.ts';
import type { ChainTables } from '../chain/audit-tables.ts';
import { lastPurge } from '../chain/verify-chain.ts';
import { lastCheck } from './checks.ts';

/** Heads a screen shows. */
const shownHeads = 10;

export async function readChainState({ database, key }: { readonly database: Database; readonly key: AuditKey }) {
  const db = database.tables<ChainTables>();
  const tip = await db.selectFrom('audit_tip').selectAll().where('id', '=', 1).executeTakeFirst();
  const heads = await db.selectFrom('audit_heads').selectAll().orderBy('number', 'desc').limit(shownHeads).execute();
  return {
    lastSeq: tip?.seq ?? 0,
    lastHash: tip?.hash ?? null,
    unsealed: await countUnsealed(database),
    purgedTo: (await lastPurge({ database }))?.seq ?? 0,
    keyId: key.id,
    publicKey: key.publicKey,
    heads: heads.map(({ number, seq, hash, at, key_id }) => ({ number, seq, hash, at, keyId: key_id })),
    lastCheck: await lastCheck(database),
  };
}

export async function countUnsealed(database: Database): Promise<number> {
  const log = database.tables<ChainTables>().selectFrom('audit_log').where('seq', 'is', null);
  const { count } = await log.select((from) => from.fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
  return count;
}
