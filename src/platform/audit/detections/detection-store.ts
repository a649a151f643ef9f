/** Cases as screens show them, and how somebody closes one. */
import type { Selectable } from 'kysely';

import { type Clock, nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { Database } from '#platform/db';
import type { Actor, UnitOfWork } from '#platform/unit-of-work';

import type { DetectionTables } from './detection-tables.ts';
import { entryIdsOf } from './detector.ts';

type Row = Selectable<DetectionTables['audit_detections']>;

export interface Detection {
  readonly id: string;
  readonly rule: string;
  readonly severity: Row['severity'];
  readonly about: string;
  readonly firstAt: string;
  readonly lastAt: string;
  readonly count: number;
  readonly entryIds: readonly string[];
  readonly acknowledged: { readonly by: string; readonly at: string; readonly reason: string } | null;
}

export interface DetectionQuery {
  readonly state: 'open' | 'acknowledged' | 'all';
  readonly limit: number;
  /** Older than the case with this id. */
  readonly cursor?: string | undefined;
}

/** Newest first. */
export async function listDetections(
  database: Database,
  { state, limit, cursor }: DetectionQuery,
): Promise<{ readonly items: readonly Detection[]; readonly nextCursor: string | undefined }> {
  const all = database.tables<DetectionTables>().selectFrom('audit_detections').selectAll();
  const wanted = state === 'all' ? all : all.where('acknowledged_at', state === 'open' ? 'is' : 'is not', null);
  const older = cursor === undefined ? wanted : wanted.where('id', '<', cursor);
  const rows = await older
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  const items = rows.slice(0, limit).map(detectionOf);
  return { items, nextCursor: rows.length > limit ? items.at(-1)?.id : undefined };
}

export interface Acknowledgement {
  readonly id: string;
  readonly reason: string;
  readonly actor: Actor;
}

/** @throws KuraError `audit.detection-not-found`, conflict `audit.detection-acknowledged`. */
export async function acknowledgeDetection(
  { unitOfWork, clock }: { readonly unitOfWork: UnitOfWork; readonly clock: Clock },
  { id, reason, actor }: Acknowledgement,
): Promise<Detection> {
  return unitOfWork.write(actor, async (tx) => {
    const db = tx.tables<DetectionTables>();
    const row = await db.selectFrom('audit_detections').selectAll().where('id', '=', id).executeTakeFirst();
    if (row === undefined) throw new KuraError('not-found', 'audit.detection-not-found', { params: { id } });
    if (row.acknowledged_by !== null) {
      const params = { id, by: row.acknowledged_by };
      throw new KuraError('conflict', 'audit.detection-acknowledged', { params });
    }
    const change = { acknowledged_by: actor.name, acknowledged_at: nowInstant(clock), reason };
    await db.updateTable('audit_detections').set(change).where('id', '=', id).execute();
    await tx.audit({
      action: 'audit.acknowledge-detection',
      category: 'compliance',
      subject: { kind: 'detection', id, name: row.rule },
      result: 'done',
      before: { acknowledged: false },
      after: { acknowledged: true, reason },
    });
    return detectionOf({ ...row, ...change });
  });
}

function detectionOf(row: Row): Detection {
  const { acknowledged_by: by, acknowledged_at: at } = row;
  return {
    id: row.id,
    rule: row.rule,
    severity: row.severity,
    about: row.about,
    firstAt: row.first_at,
    lastAt: row.last_at,
    count: row.count,
    entryIds: entryIdsOf(row.entry_ids),
    acknowledged: by === null || at === null ? null : { by, at, reason: row.reason ?? '' },
  };
}
