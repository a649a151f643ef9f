/** The only SQL of alerts. */
import { type Selectable, type SqlBool, sql } from 'kysely';
import { z } from 'zod';

import type { Instant } from '#kernel/brands';
import type { ReadTables, Transaction } from '#platform/db';
import { type Severity, severities } from '#platform/notify/contract';

import type { AlertChange, AlertTypeName } from '../contract/index.ts';
import type { Alert } from '../core/alert.ts';
import type { AlertTables } from './alert-tables.ts';

type Row = Selectable<AlertTables['alerts']>;

export interface Reader {
  tables<T>(): ReadTables<T>;
}

const flat = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
const contentSchema = z.object({
  owner: z.string().nullable(),
  tags: z.array(z.string()),
  filling: z.object({
    params: flat.default({}),
    words: z.record(z.string(), z.array(z.string())).default({}),
    times: z.record(z.string(), z.string()).default({}),
  }),
  detail: z.object({ code: z.string(), params: flat }).nullable(),
  page: z.string().nullable(),
});

/** The newest with the fingerprint, over or not. */
export async function findNewest(reader: Reader, fingerprint: string): Promise<Alert | undefined> {
  const all = reader.tables<AlertTables>().selectFrom('alerts').selectAll();
  const row = await all.where('fingerprint', '=', fingerprint).orderBy('id', 'desc').limit(1).executeTakeFirst();
  return row === undefined ? undefined : alertOf(row);
}

export async function findAlert(reader: Reader, id: string): Promise<Alert | undefined> {
  const all = reader.tables<AlertTables>().selectFrom('alerts').selectAll();
  const row = await all.where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : alertOf(row);
}

/** Inserts or replaces. */
export async function saveAlert(tx: Transaction, alert: Alert): Promise<void> {
  const { id, ...row } = rowOf(alert);
  await tx
    .tables<AlertTables>()
    .insertInto('alerts')
    .values({ id, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
}

export interface HistoryEntry {
  readonly id: string;
  readonly alertId: string;
  readonly at: Instant;
  readonly change: AlertChange;
  readonly by: string | null;
  readonly note: string | null;
}

export async function insertHistory(tx: Transaction, { alertId, ...entry }: HistoryEntry): Promise<void> {
  await tx
    .tables<AlertTables>()
    .insertInto('alert_history')
    .values({ alert_id: alertId, ...entry })
    .execute();
}

export async function historyOf(reader: Reader, alertId: string) {
  return reader
    .tables<AlertTables>()
    .selectFrom('alert_history')
    .select(['at', 'change', 'by', 'note'])
    .where('alert_id', '=', alertId)
    .orderBy('at')
    .orderBy('id')
    .execute();
}

export interface AlertQuery {
  readonly state: 'active' | 'open' | 'acknowledged' | 'snoozed' | 'resolved' | 'all';
  /** Only these. */
  readonly types: readonly AlertTypeName[];
  readonly severity?: Severity | undefined;
  readonly subject?: string | undefined;
  readonly site?: string | undefined;
  readonly limit: number;
  readonly after?: { readonly rank: number; readonly id: string } | undefined;
}

/** Most severe first, then newest. */
export async function listAlerts(reader: Reader, query: AlertQuery): Promise<readonly Alert[]> {
  const { state, types, severity, subject, site, limit, after } = query;
  if (types.length === 0) return [];
  let select = reader
    .tables<AlertTables>()
    .selectFrom('alerts')
    .selectAll()
    .where('type', 'in', [...types]);
  if (state === 'active') select = select.where('state', 'in', ['open', 'acknowledged']);
  else if (state === 'snoozed') select = select.where('snoozed_until', 'is not', null);
  else if (state !== 'all') select = select.where('state', '=', state);
  if (state === 'open') select = select.where('snoozed_until', 'is', null);
  if (severity !== undefined) select = select.where('severity', '=', severity);
  if (subject !== undefined) {
    select = select.where((or) => or.or([or('subject_id', '=', subject), or('subject_name', '=', subject)]));
  }
  if (site !== undefined) select = select.where('site', '=', site);
  if (after !== undefined) select = select.where(sql<SqlBool>`(rank, id) < (${after.rank}, ${after.id})`);
  return (await select.orderBy('rank', 'desc').orderBy('id', 'desc').limit(limit).execute()).map(alertOf);
}

/** Fingerprints of those about one thing that are not over. */
export async function lastingAbout(
  reader: Reader,
  { kind, id }: { readonly kind: string; readonly id: string },
): Promise<readonly string[]> {
  const rows = await reader
    .tables<AlertTables>()
    .selectFrom('alerts')
    .select('fingerprint')
    .where('subject_kind', '=', kind)
    .where('subject_id', '=', id)
    .where('state', 'in', ['open', 'acknowledged'])
    .execute();
  return rows.map(({ fingerprint }) => fingerprint);
}

export interface AlertCount {
  readonly severity: Severity;
  readonly state: 'open' | 'acknowledged' | 'snoozed';
  readonly count: number;
}

/** Of those that last. */
export async function countAlerts(reader: Reader, types: readonly AlertTypeName[]): Promise<readonly AlertCount[]> {
  if (types.length === 0) return [];
  const rows = await reader
    .tables<AlertTables>()
    .selectFrom('alerts')
    .select(({ fn }) => ['severity', 'state', fn.count('snoozed_until').as('asleep'), fn.countAll().as('count')])
    .where('state', 'in', ['open', 'acknowledged'])
    .where('type', 'in', [...types])
    .groupBy(['severity', 'state'])
    .execute();
  return rows.flatMap(({ severity, state, asleep, count }) => [
    { severity, state: state === 'open' ? 'open' : 'acknowledged', count: Number(count) - Number(asleep) } as const,
    { severity, state: 'snoozed', count: Number(asleep) } as const,
  ]);
}

/** What figures are made of. */
export async function alertTimes(reader: Reader, types: readonly AlertTypeName[], since: Instant) {
  if (types.length === 0) return [];
  return reader
    .tables<AlertTables>()
    .selectFrom('alerts')
    .select(['type', 'severity', 'first_at', 'acknowledged_at', 'resolved_at'])
    .where('first_at', '>=', since)
    .where('type', 'in', [...types])
    .execute();
}

/** Alerts that were over before this, with their history. Returns how many. */
export async function deleteResolvedBefore(tx: Transaction, before: Instant): Promise<number> {
  const tables = tx.tables<AlertTables>();
  const old = tables.selectFrom('alerts').select('id').where('resolved_at', '<', before);
  await tables.deleteFrom('alert_history').where('alert_id', 'in', old).execute();
  const { numDeletedRows } = await tables.deleteFrom('alerts').where('resolved_at', '<', before).executeTakeFirst();
  return Number(numDeletedRows);
}

function rowOf(alert: Alert): Row {
  const { owner, tags, filling, detail, page, acknowledged, resolved, subject } = alert;
  return {
    id: alert.id,
    type: alert.type,
    fingerprint: alert.fingerprint,
    open_fingerprint: alert.state === 'resolved' ? null : alert.fingerprint,
    severity: alert.severity,
    rank: severities.indexOf(alert.severity),
    state: alert.state,
    subject_kind: subject.kind,
    subject_id: subject.id,
    subject_name: subject.name,
    site: alert.site,
    content: JSON.stringify({ owner, tags, filling, detail, page }),
    count: alert.count,
    first_at: alert.firstAt,
    last_at: alert.lastAt,
    level: alert.level,
    escalates_from: alert.escalatesFrom,
    snoozed_until: alert.snoozedUntil,
    acknowledged_by: acknowledged?.by ?? null,
    acknowledged_at: acknowledged?.at ?? null,
    resolved_by: resolved?.by ?? null,
    resolved_at: resolved?.at ?? null,
    note: alert.note,
    last_position: alert.lastPosition,
  };
}

function alertOf(row: Row): Alert {
  const { acknowledged_by: by, acknowledged_at: at } = row;
  return {
    ...contentSchema.parse(JSON.parse(row.content)),
    id: row.id,
    type: row.type,
    fingerprint: row.fingerprint,
    severity: row.severity,
    state: row.state,
    subject: { kind: row.subject_kind, id: row.subject_id, name: row.subject_name },
    site: row.site,
    count: row.count,
    firstAt: row.first_at,
    lastAt: row.last_at,
    level: row.level,
    escalatesFrom: row.escalates_from,
    snoozedUntil: row.snoozed_until,
    acknowledged: by === null || at === null ? null : { by, at },
    resolved: row.resolved_at === null ? null : { by: row.resolved_by, at: row.resolved_at },
    note: row.note,
    lastPosition: row.last_position,
  };
}
