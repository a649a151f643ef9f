/** Finds entries: by what is indexed, and free text a stretch of the log at a time. */
import type { ExpressionBuilder, Selectable } from 'kysely';

import { DAY } from '#kernel/units';
import { containsText, type Database } from '#platform/db';

import type { ChainTables } from '../chain/audit-tables.ts';
import { auditLevels, type EntryFilter, type EntryView } from '../contract/entry-shapes.ts';

/** So much of the log one question with free text reads; what is further back comes with the next page. */
const STRETCH = 50_000;

export interface EntryPage {
  readonly items: readonly EntryView[];
  readonly nextCursor: number | undefined;
}

export interface EntryQuery {
  readonly filter: EntryFilter;
  /** Older than the entry with this position. */
  readonly before?: number | undefined;
  readonly limit: number;
}

type Where = ExpressionBuilder<ChainTables, 'audit_log'>;
type Row = Selectable<ChainTables['audit_log']>;

export async function searchEntries(database: Database, { filter, before, limit }: EntryQuery): Promise<EntryPage> {
  const db = database.tables<ChainTables>();
  const top = before ?? (await newest(database)) + 1;
  const bottom = isScan(filter) ? top - STRETCH : 0;
  const rows = await db
    .selectFrom('audit_log')
    .selectAll()
    .where('position', '<', top)
    .where('position', '>=', bottom)
    .where((where) => where.and(conditions(where, filter)))
    .orderBy('position', 'desc')
    .limit(limit + 1)
    .execute();
  const items = rows.slice(0, limit);
  return { items: items.map(entryView), nextCursor: nextCursor({ rows, limit, bottom }) };
}

/** No index helps with these. */
function isScan({ text, who, subject }: EntryFilter): boolean {
  return text !== undefined || who !== undefined || subject !== undefined;
}

function nextCursor({ rows, limit, bottom }: { rows: readonly Row[]; limit: number; bottom: number }) {
  if (rows.length > limit) return rows[limit - 1]?.position;
  return bottom > 1 ? bottom : undefined;
}

async function newest(database: Database): Promise<number> {
  const log = database.tables<ChainTables>().selectFrom('audit_log');
  const { last } = await log.select((from) => from.fn.max('position').as('last')).executeTakeFirstOrThrow();
  return last ?? 0;
}

function conditions(where: Where, filter: EntryFilter) {
  const { who, subject, text, level, action, from, until } = filter;
  const equal = [
    ['actor_kind', filter.actorKind],
    ['category', filter.category],
    ['result', filter.result],
    ['subject_kind', filter.subjectKind],
    ['correlation_id', filter.correlationId],
  ] as const;
  return [
    ...equal.flatMap(([column, value]) => (value === undefined ? [] : [where(column, '=', value)])),
    ...(action === undefined ? [] : [actionCondition(where, action)]),
    ...(level === undefined ? [] : [where('level', 'in', auditLevels.slice(auditLevels.indexOf(level)))]),
    ...(from === undefined ? [] : [where('at', '>=', instantOf(from, 0))]),
    ...(until === undefined ? [] : [where('at', '<', instantOf(until, 1))]),
    ...(who === undefined ? [] : [containsText(['actor_id', 'actor_name', 'actor_from'], who)]),
    ...(subject === undefined ? [] : [containsText(['subject_id', 'subject_name'], subject)]),
    ...(text === undefined ? [] : [containsText(textColumns, text)]),
  ];
}

const textColumns = ['actor_name', 'action', 'subject_id', 'subject_name', 'before', 'after'] as const;

function actionCondition(where: Where, action: string) {
  if (!action.endsWith('*')) return where('action', '=', action);
  const prefix = action.slice(0, -1);
  // A range can use the index; "\u{10ffff}" sorts behind every character.
  return where.and([where('action', '>=', prefix), where('action', '<', `${prefix}\u{10ffff}`)]);
}

/** A day ends with its last moment. */
function instantOf(text: string, dayEnd: 0 | 1): ChainTables['audit_log']['at'] {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const time = Date.parse(text) + (isDay ? dayEnd * DAY : dayEnd);
  return new Date(time).toISOString() as ChainTables['audit_log']['at'];
}

export function entryView(row: Row): EntryView {
  return {
    id: row.id,
    seq: row.seq,
    at: row.at,
    actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name, from: row.actor_from },
    correlationId: row.correlation_id,
    category: row.category,
    level: row.level,
    action: row.action,
    subject: { kind: row.subject_kind, id: row.subject_id, name: row.subject_name },
    result: row.result,
    before: fieldsOf(row.before),
    after: fieldsOf(row.after),
    hash: row.hash,
  };
}

/** Shown as it is when somebody made it unreadable; `verify` says so. */
function fieldsOf(json: string | null): Record<string, unknown> | null {
  if (json === null) return null;
  try {
    const parsed: unknown = JSON.parse(json);
    if (typeof parsed === 'object' && parsed !== null) return { ...parsed };
  } catch {
    // Below.
  }
  return { unreadable: json };
}
