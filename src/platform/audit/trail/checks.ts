/** Looks at the chain that are remembered, so that a screen can say when it was last found to hold and by whom. */
import type { Selectable } from 'kysely';

import { instant } from '#kernel/brands';
import type { IdSource } from '#kernel/ids';
import type { Database } from '#platform/db';
import type { Actor, UnitOfWork } from '#platform/unit-of-work';

import type { ChainTables } from '../chain/audit-tables.ts';
import { requireSignedHeads } from '../chain/head-export.ts';
import type { Sealing } from '../chain/sealing.ts';
import { type ChainFinding, type ChainReport, type VerifyDeps, verifyChain } from '../chain/verify-chain.ts';
import { type ChainFault, chainFaults, type ExportedHeads } from '../contract/chain-shapes.ts';

export interface CheckDeps extends VerifyDeps {
  readonly unitOfWork: UnitOfWork;
  readonly ids: IdSource;
  readonly sealing: Sealing;
}

export type RecordedCheck = Omit<ChainReport, 'heads'> & { readonly by: string };

export interface CheckRequest {
  readonly actor: Actor;
  readonly heads?: ExportedHeads | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** @throws KuraError invalid `audit.heads-invalid`. */
export async function checkChain(deps: CheckDeps, { actor, heads, signal }: CheckRequest): Promise<RecordedCheck> {
  if (heads !== undefined) requireSignedHeads(heads);
  await deps.sealing.seal();
  const report = await verifyChain(deps, { exported: heads, signal });
  const { ok, finding, rows, firstSeq, lastSeq, unsealed, at, ms } = report;
  await deps.unitOfWork.write(actor, async (tx) => {
    await tx
      .tables<ChainTables>()
      .insertInto('audit_checks')
      .values({
        id: deps.ids.next(),
        at: instant(new Date(at)),
        by: actor.name,
        ok: ok ? 1 : 0,
        rows,
        first_seq: firstSeq,
        last_seq: lastSeq,
        unsealed,
        ms,
        finding: finding === undefined ? null : JSON.stringify(finding),
      })
      .execute();
    await tx.audit({
      action: 'audit.verify',
      category: 'compliance',
      level: ok ? 'info' : 'critical',
      subject: { kind: 'audit-log', id: 'chain' },
      result: ok ? 'done' : 'failed',
      after: {
        rows,
        firstSeq,
        lastSeq,
        exportedHeads: heads?.heads.length ?? 0,
        ...(finding === undefined ? {} : { finding }),
      },
    });
  });
  return {
    ok,
    ...(finding === undefined ? {} : { finding }),
    rows,
    firstSeq,
    lastSeq,
    unsealed,
    at,
    ms,
    by: actor.name,
  };
}

export async function lastCheck(database: Database): Promise<RecordedCheck | undefined> {
  const checks = database.tables<ChainTables>().selectFrom('audit_checks').selectAll();
  const row = await checks.orderBy('at', 'desc').orderBy('id', 'desc').limit(1).executeTakeFirst();
  return row === undefined ? undefined : checkOf(row);
}

function checkOf(row: Selectable<ChainTables['audit_checks']>): RecordedCheck {
  const finding = row.finding === null ? undefined : findingOf(row.finding);
  return {
    ok: row.ok === 1,
    ...(finding === undefined ? {} : { finding }),
    rows: row.rows,
    firstSeq: row.first_seq,
    lastSeq: row.last_seq,
    unsealed: row.unsealed,
    at: row.at,
    ms: row.ms,
    by: row.by,
  };
}

function findingOf(json: string): ChainFinding | undefined {
  const parsed: unknown = JSON.parse(json);
  if (typeof parsed !== 'object' || parsed === null || !('fault' in parsed) || !('seq' in parsed)) return undefined;
  const fault = chainFaults.find((one): one is ChainFault => one === parsed.fault);
  if (fault === undefined) return undefined;
  return {
    fault,
    seq: Number(parsed.seq),
    ...('entryId' in parsed ? { entryId: String(parsed.entryId) } : {}),
    ...('action' in parsed ? { action: String(parsed.action) } : {}),
  };
}
