/** What is older than its time goes, segment by segment: only what was just verified, up to a signed head, which stays. */
import { instant } from '#kernel/brands';
import { type Clock, nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { DAY } from '#kernel/units';
import type { Actor, UnitOfWork } from '#platform/unit-of-work';

import type { ChainTables } from '../chain/audit-tables.ts';
import { signedPurge } from '../chain/signed-points.ts';
import { type VerifyDeps, verifyChain } from '../chain/verify-chain.ts';

export interface PurgeDeps extends VerifyDeps {
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
}

export interface Purged {
  readonly rows: number;
  /** Number of the last entry that went; null when nothing was old enough. */
  readonly upTo: number | null;
}

/** @throws KuraError mismatch `audit.purge-refused`: the chain does not hold, so nothing of it is removed. */
export async function purgeEntries(deps: PurgeDeps, keepDays: number, actor: Actor): Promise<Purged> {
  const head = await lastHeadBefore(deps, deps.clock.now() - keepDays * DAY);
  if (head === undefined) return { rows: 0, upTo: null };
  const { ok, finding } = await verifyChain(deps);
  if (!ok) throw new KuraError('mismatch', 'audit.purge-refused', { params: { seq: finding?.seq ?? 0 } });
  return deps.unitOfWork.write(actor, async (tx) => {
    const db = tx.tables<ChainTables>();
    const old = db.selectFrom('audit_log').where('seq', '<=', head.seq);
    const { rows } = await old.select((from) => from.fn.countAll<number>().as('rows')).executeTakeFirstOrThrow();
    const point = { seq: head.seq, hash: head.hash, at: nowInstant(deps.clock), rows };
    // First the record: without it the database refuses the removal.
    await db.insertInto('audit_purges').values(signedPurge(deps.key, point)).execute();
    await db.deleteFrom('audit_log').where('seq', '<=', head.seq).execute();
    await tx.audit({
      action: 'audit.purge-entries',
      category: 'compliance',
      level: 'warning',
      subject: { kind: 'audit-segment', id: String(head.number) },
      result: 'done',
      after: { upTo: head.seq, rows, hash: head.hash, keepDays },
    });
    return { rows, upTo: head.seq };
  });
}

async function lastHeadBefore({ database }: PurgeDeps, time: number) {
  const db = database.tables<ChainTables>();
  const purges = db.selectFrom('audit_purges').select((from) => from.fn.max('seq').as('seq'));
  const { seq } = await purges.executeTakeFirstOrThrow();
  return db
    .selectFrom('audit_heads')
    .selectAll()
    .where('at', '<', instant(new Date(time)))
    .where('seq', '>', seq ?? 0)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
}
