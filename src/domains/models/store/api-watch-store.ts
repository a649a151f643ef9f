/** Learned shapes of the site's answers and the changes that were seen. */
import type { Selectable } from 'kysely';

import { type AnswerShape, type ApiChange, answerShapeSchema, type ChangeKind, type Impact } from '#engines/civitai';
import type { Database, ReadTables, Tables, Transaction } from '#platform/db';

import type { ApiWatchTables } from './api-watch-tables.ts';

export interface StoredShape {
  readonly endpoint: string;
  readonly shape: AnswerShape;
  readonly learnedAt: string;
}

export interface StoredChange extends ApiChange {
  readonly id: string;
  readonly state: 'open' | 'accepted';
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
  readonly sightings: number;
  readonly acceptedAt: string | null;
  /** Who accepted it; null = nobody: it was additive, has passed, or is still open. */
  readonly acceptedBy: string | null;
}

export interface ChangeFilter {
  readonly state?: 'open' | 'accepted' | undefined;
  readonly endpoint?: string | undefined;
  readonly impact?: readonly Impact[] | undefined;
}

type Reader = Pick<Database | Transaction, 'tables'>;

/** Undefined where nothing was learned, or in a form of another version of Kura: then it is learned anew. */
export async function readShape(database: Reader, endpoint: string): Promise<AnswerShape | undefined> {
  const row = await tablesOf(database)
    .selectFrom('api_shapes')
    .select('shape')
    .where('endpoint', '=', endpoint)
    .executeTakeFirst();
  return row === undefined ? undefined : parseShape(row.shape);
}

export async function listShapes(database: Database): Promise<readonly StoredShape[]> {
  const rows = await tablesOf(database).selectFrom('api_shapes').selectAll().orderBy('endpoint').execute();
  return rows.flatMap(({ endpoint, shape, learned_at: learnedAt }) => {
    const parsed = parseShape(shape);
    return parsed === undefined ? [] : [{ endpoint, shape: parsed, learnedAt }];
  });
}

export async function saveShape(tx: Transaction, { endpoint, shape, learnedAt }: StoredShape): Promise<void> {
  const changes = { shape: JSON.stringify(shape), learned_at: learnedAt };
  await tx
    .tables<ApiWatchTables>()
    .insertInto('api_shapes')
    .values({ endpoint, ...changes })
    .onConflict((conflict) => conflict.column('endpoint').doUpdateSet(changes))
    .execute();
}

export async function findChange(database: Reader, column: 'id' | 'identity', value: string) {
  const row = await tablesOf(database)
    .selectFrom('api_changes')
    .selectAll()
    .where(column, '=', value)
    .executeTakeFirst();
  return row === undefined ? undefined : changeOf(row);
}

/** Open ones first, then those seen last. */
export async function listChanges(database: Reader, filter: ChangeFilter): Promise<readonly StoredChange[]> {
  let query = tablesOf(database).selectFrom('api_changes').selectAll();
  if (filter.state !== undefined) query = query.where('state', '=', filter.state);
  if (filter.endpoint !== undefined) query = query.where('endpoint', '=', filter.endpoint);
  if (filter.impact !== undefined && filter.impact.length > 0) query = query.where('impact', 'in', filter.impact);
  const rows = await query
    .orderBy('state', 'desc')
    .orderBy('last_seen_at', 'desc')
    .orderBy('position', 'desc')
    .execute();
  return rows.map(changeOf);
}

export async function insertChange(tx: Transaction, change: StoredChange, identity: string): Promise<void> {
  await tx
    .tables<ApiWatchTables>()
    .insertInto('api_changes')
    .values({
      id: change.id,
      identity,
      endpoint: change.endpoint,
      kind: change.kind,
      path: change.path,
      known: change.was,
      found: change.now,
      impact: change.impact,
      additive: change.additive ? 1 : 0,
      state: change.state,
      first_seen_at: change.firstSeenAt,
      last_seen_at: change.lastSeenAt,
      sightings: change.sightings,
      accepted_at: change.acceptedAt,
      accepted_by: change.acceptedBy,
    })
    .execute();
}

export async function countSighting(tx: Transaction, id: string, at: string): Promise<void> {
  await tx
    .tables<ApiWatchTables>()
    .updateTable('api_changes')
    .set(({ eb }) => ({ last_seen_at: at, sightings: eb('sightings', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

export async function markAccepted(tx: Transaction, id: string, at: string, by: string): Promise<void> {
  await tx
    .tables<ApiWatchTables>()
    .updateTable('api_changes')
    .set({ state: 'accepted', accepted_at: at, accepted_by: by })
    .where('id', '=', id)
    .execute();
}

/** Closes what was open of these kinds; nobody did it but the site. */
export async function settleChanges(
  tx: Transaction,
  endpoint: string,
  kinds: readonly ChangeKind[],
  at: string,
): Promise<void> {
  await tx
    .tables<ApiWatchTables>()
    .updateTable('api_changes')
    .set({ state: 'accepted', accepted_at: at })
    .where('endpoint', '=', endpoint)
    .where('state', '=', 'open')
    .where('kind', 'in', kinds)
    .execute();
}

export async function reopenChange(tx: Transaction, id: string): Promise<void> {
  await tx
    .tables<ApiWatchTables>()
    .updateTable('api_changes')
    .set({ state: 'open', accepted_at: null })
    .where('id', '=', id)
    .execute();
}

/** Keeps so many changes; accepted ones go first, those not seen for longest. */
export async function pruneChanges(tx: Transaction, keep: number): Promise<void> {
  const excess = await tx
    .tables<ApiWatchTables>()
    .selectFrom('api_changes')
    .select('id')
    .orderBy('state', 'desc')
    .orderBy('last_seen_at', 'desc')
    .orderBy('position', 'desc')
    .limit(1000)
    .offset(keep)
    .execute();
  if (excess.length === 0) return;
  const ids = excess.map(({ id }) => id);
  await tx.tables<ApiWatchTables>().deleteFrom('api_changes').where('id', 'in', ids).execute();
}

function tablesOf(database: Reader): ReadTables<ApiWatchTables> | Tables<ApiWatchTables> {
  return database.tables<ApiWatchTables>();
}

function parseShape(text: string): AnswerShape | undefined {
  const parsed = answerShapeSchema.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : undefined;
}

function changeOf(row: Selectable<ApiWatchTables['api_changes']>): StoredChange {
  return {
    id: row.id,
    endpoint: row.endpoint,
    kind: row.kind,
    path: row.path,
    was: row.known,
    now: row.found,
    impact: row.impact,
    additive: row.additive === 1,
    state: row.state,
    firstSeenAt: row.first_seen_at,
    lastSeenAt: row.last_seen_at,
    sightings: row.sightings,
    acceptedAt: row.accepted_at,
    acceptedBy: row.accepted_by,
  };
}
