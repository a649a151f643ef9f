/** Entries and their tags as rows. */
import type { Selectable } from 'kysely';

import { KuraError } from '#kernel/errors';
import { isUniqueViolation, type ReadTables, type Tables } from '#platform/db';

import type { EntryStatus, EntrySummary, EntryType } from '../contract/index.ts';
import type { Entry } from '../core/entries/entry-content.ts';
import type { ReadingScope } from '../core/entries/reading-scope.ts';
import type { KnowledgeTables } from './knowledge-tables.ts';
import { readable } from './readable.ts';

type Reads = ReadTables<KnowledgeTables>;
type Writes = Tables<KnowledgeTables>;

/** What identifies entries in a lookup. */
export type EntryKey = 'id' | 'external_id' | 'content_hash' | 'position';

const summaryColumns = [
  'position',
  'id',
  'external_id',
  'type',
  'status',
  'lang',
  'created_at',
  'updated_at',
  'title',
  'visibility',
  'owner',
  'review_on',
  'severity',
] as const;

export async function findEntries(
  reads: Reads,
  key: EntryKey,
  values: ReadonlyArray<string | number>,
): Promise<readonly Entry[]> {
  if (values.length === 0) return [];
  const rows = await reads.selectFrom('knowledge_entries').selectAll().where(key, 'in', values).execute();
  const tags = await tagsOf(
    reads,
    rows.map(({ position }) => position),
  );
  return rows.map((row) => ({
    ...summaryOf(row, tags),
    position: row.position,
    body: row.body,
    department: row.department,
    reviewer: row.reviewer,
    note: row.note,
    restoredFrom: row.restored_from,
    createdBy: row.created_by,
    updatedBy: row.updated_by,
    version: row.version,
    contentHash: row.content_hash,
  }));
}

/** Entries after `position`, in order of creation; for walking through all of them. */
export async function entriesAfter(reads: Reads, position: number, limit: number): Promise<readonly Entry[]> {
  const rows = await reads
    .selectFrom('knowledge_entries')
    .select('position')
    .where('position', '>', position)
    .orderBy('position')
    .limit(limit)
    .execute();
  const found = await findEntries(
    reads,
    'position',
    rows.map((row) => row.position),
  );
  return found.toSorted((a, b) => a.position - b.position);
}

/** The first and the last position in use; 0 and 0 without entries. */
export async function entryPositionBounds(reads: Reads): Promise<{ readonly first: number; readonly last: number }> {
  // Asked for together, SQLite would read every entry.
  const { first, last } = await reads
    .selectNoFrom((select) => [
      select
        .selectFrom('knowledge_entries')
        .select(({ fn }) => fn.min('position').as('first'))
        .as('first'),
      select
        .selectFrom('knowledge_entries')
        .select(({ fn }) => fn.max('position').as('last'))
        .as('last'),
    ])
    .executeTakeFirstOrThrow();
  return { first: first ?? 0, last: last ?? 0 };
}

export interface EntryPage {
  readonly scope: ReadingScope | undefined;
  readonly type?: readonly EntryType[] | undefined;
  readonly tag?: readonly string[] | undefined;
  readonly status?: readonly EntryStatus[] | undefined;
  readonly owner?: string | undefined;
  /** Review day on or before this one. */
  readonly dueBy?: string | undefined;
  readonly limit: number;
  readonly after?: { readonly updatedAt: string; readonly position: number } | undefined;
}

/** Last changed first. */
export async function listEntryRows(
  reads: Reads,
  page: EntryPage,
): Promise<ReadonlyArray<EntrySummary & { readonly position: number }>> {
  const { type, status, after } = page;
  const tags = page.tag ?? [];
  let query = reads
    .selectFrom('knowledge_entries')
    .select(summaryColumns)
    .where(readable(page.scope, 'knowledge_entries'));
  if (page.owner !== undefined) query = query.where('owner', '=', page.owner);
  if (page.dueBy !== undefined) query = query.where('review_on', '<=', page.dueBy);
  if (type !== undefined) query = query.where('type', 'in', type);
  if (status !== undefined) query = query.where('status', 'in', status);
  for (const tag of tags) {
    query = query.where('position', 'in', (from) =>
      from.selectFrom('knowledge_entry_tags').select('entry_position').where('tag', '=', tag),
    );
  }
  if (after !== undefined) {
    query = query.where((where) =>
      where(where.refTuple('updated_at', 'position'), '<', where.tuple(after.updatedAt, after.position)),
    );
  }
  const rows = await query.orderBy('updated_at', 'desc').orderBy('position', 'desc').limit(page.limit).execute();
  const tagsByEntry = await tagsOf(
    reads,
    rows.map(({ position }) => position),
  );
  return rows.map((row) => ({ ...summaryOf(row, tagsByEntry), position: row.position }));
}

/** The entries with the positions they got, in the order given. @throws KuraError `knowledge.external-id-taken`. */
export async function insertEntries(
  tables: Writes,
  entries: ReadonlyArray<Omit<Entry, 'position'>>,
): Promise<readonly Entry[]> {
  if (entries.length === 0) return [];
  const placed = await insertRows(tables, entries);
  const positions = new Map(placed.map(({ id, position }) => [id, position]));
  const inserted = entries.map((entry) => ({ ...entry, position: positionOf(positions, entry.id) }));
  await insertTags(tables, inserted);
  return inserted;
}

async function insertRows(
  tables: Writes,
  entries: ReadonlyArray<Omit<Entry, 'position'>>,
): Promise<ReadonlyArray<{ readonly id: string; readonly position: number }>> {
  try {
    return await tables
      .insertInto('knowledge_entries')
      .values(entries.map((entry) => ({ ...columnsOf(entry), id: entry.id, external_id: entry.externalId ?? null })))
      .returning(['id', 'position'])
      .execute();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const externalId = entries.flatMap((entry) => entry.externalId ?? []).join(', ');
    throw new KuraError('conflict', 'knowledge.external-id-taken', { params: { externalId }, cause: error });
  }
}

export async function updateEntry(tables: Writes, entry: Entry): Promise<void> {
  await tables
    .updateTable('knowledge_entries')
    .set(columnsOf(entry))
    .where('position', '=', entry.position)
    .executeTakeFirst();
  await tables.deleteFrom('knowledge_entry_tags').where('entry_position', '=', entry.position).execute();
  await insertTags(tables, [entry]);
}

/** Its tags go with it. */
export async function deleteEntry(tables: Writes, position: number): Promise<void> {
  await tables.deleteFrom('knowledge_entries').where('position', '=', position).execute();
}

function columnsOf(entry: Omit<Entry, 'position'>): Omit<Writable, 'id' | 'external_id'> {
  return {
    type: entry.type,
    status: entry.status,
    lang: entry.lang,
    version: entry.version,
    content_hash: entry.contentHash,
    created_at: entry.createdAt,
    created_by: entry.createdBy,
    updated_at: entry.updatedAt,
    updated_by: entry.updatedBy,
    title: entry.title,
    body: entry.body,
    visibility: entry.visibility,
    department: entry.department,
    owner: entry.owner,
    reviewer: entry.reviewer,
    review_on: entry.reviewOn,
    severity: entry.severity,
    note: entry.note,
    restored_from: entry.restoredFrom,
  };
}

type Row = KnowledgeTables['knowledge_entries'];
type Writable = Omit<Row, 'position'>;

function positionOf(positions: ReadonlyMap<string, number>, id: string): number {
  const position = positions.get(id);
  if (position === undefined)
    throw new KuraError('internal', 'kernel.unexpected', { params: { reason: `no row ${id}` } });
  return position;
}

async function insertTags(tables: Writes, entries: readonly Entry[]): Promise<void> {
  const rows = entries.flatMap(({ position, tags }) => tags.map((tag) => ({ tag, entry_position: position })));
  for (let from = 0; from < rows.length; from += tagsPerStatement) {
    await tables
      .insertInto('knowledge_entry_tags')
      .values(rows.slice(from, from + tagsPerStatement))
      .execute();
  }
}

const tagsPerStatement = 5000;

async function tagsOf(reads: Reads, positions: readonly number[]): Promise<ReadonlyMap<number, readonly string[]>> {
  if (positions.length === 0) return new Map();
  const rows = await reads
    .selectFrom('knowledge_entry_tags')
    .selectAll()
    .where('entry_position', 'in', positions)
    .execute();
  const groups = Map.groupBy(rows, (row) => row.entry_position);
  // Sorted as they were written: the databases order what lies outside the basic plane differently.
  return new Map([...groups].map(([position, group]) => [position, group.map(({ tag }) => tag).toSorted()]));
}

type SummaryRow = Pick<Selectable<Row>, (typeof summaryColumns)[number]>;

function summaryOf(row: SummaryRow, tags: ReadonlyMap<number, readonly string[]>): EntrySummary {
  return {
    id: row.id,
    ...(row.external_id === null ? {} : { externalId: row.external_id }),
    title: row.title,
    type: row.type,
    tags: tags.get(row.position) ?? [],
    lang: row.lang,
    status: row.status,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    visibility: row.visibility,
    owner: row.owner,
    reviewOn: row.review_on,
    severity: row.severity,
  };
}
