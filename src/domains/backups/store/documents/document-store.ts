/** Reports that were made, as rows: what they are, their bytes, and who was told. */
import type { Selectable } from 'kysely';

import type { ReadTables, Tables } from '#platform/db';

import { type DocumentKind, documentSignatureSchema, type StoredDocument } from '../../contract/index.ts';
import type { DocumentTables } from './document-tables.ts';

type Reads = ReadTables<DocumentTables>;
type Writes = Tables<DocumentTables>;
type Row = Omit<Selectable<DocumentTables['backup_documents']>, 'content'>;

export type NewDocument = Omit<StoredDocument, 'removedAt' | 'deliveries'>;

export async function insertDocument(tables: Writes, document: NewDocument, content: Uint8Array): Promise<void> {
  await tables
    .insertInto('backup_documents')
    .values({
      id: document.id,
      kind: document.kind,
      format: document.format,
      table_name: document.table,
      job_key: document.job,
      from_day: document.from,
      to_day: document.to,
      language: document.language,
      name: document.name,
      media_type: document.mediaType,
      size: document.bytes,
      made_at: document.madeAt,
      made_by: document.madeBy,
      plan: document.plan,
      keep_until: document.keepUntil,
      removed_at: null,
      signature: JSON.stringify(document.signature),
      content,
    })
    .execute();
}

const columns = [
  'position',
  'id',
  'kind',
  'format',
  'table_name',
  'job_key',
  'from_day',
  'to_day',
  'language',
  'name',
  'media_type',
  'size',
  'made_at',
  'made_by',
  'plan',
  'keep_until',
  'removed_at',
  'signature',
] as const satisfies readonly (keyof DocumentTables['backup_documents'])[];

export interface DocumentQuery {
  readonly kind?: DocumentKind | undefined;
  readonly plan?: string | undefined;
  /** Kinds that are not told of. */
  readonly without: readonly DocumentKind[];
  readonly limit: number;
  /** Older than the one with this position. */
  readonly before?: number | undefined;
}

/** Newest first. */
export async function listDocuments(
  reads: Reads,
  { kind, plan, without, limit, before }: DocumentQuery,
): Promise<ReadonlyArray<StoredDocument & { readonly position: number }>> {
  let query = reads.selectFrom('backup_documents').select(columns);
  if (kind !== undefined) query = query.where('kind', '=', kind);
  if (plan !== undefined) query = query.where('plan', '=', plan);
  if (without.length > 0) query = query.where('kind', 'not in', without);
  if (before !== undefined) query = query.where('position', '<', before);
  const rows = await query.orderBy('position', 'desc').limit(limit).execute();
  const deliveries = await findDeliveries(
    reads,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({ position: row.position, ...documentOf(row, deliveries.get(row.id)) }));
}

export async function findDocument(reads: Reads, id: string): Promise<StoredDocument | undefined> {
  const row = await reads.selectFrom('backup_documents').select(columns).where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : documentOf(row, (await findDeliveries(reads, [id])).get(id));
}

/** Undefined when there is none any more. */
export async function readDocumentContent(reads: Reads, id: string): Promise<Uint8Array | undefined> {
  const row = await reads.selectFrom('backup_documents').select('content').where('id', '=', id).executeTakeFirst();
  return row?.content ?? undefined;
}

/** Leaves what it was. */
export async function dropContent(tables: Writes, id: string, at: string): Promise<void> {
  await tables
    .updateTable('backup_documents')
    .set({ content: null, removed_at: at })
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .execute();
}

/** Files whose time is over, oldest first. */
export async function findOutdated(reads: Reads, now: string, limit: number) {
  return await reads
    .selectFrom('backup_documents')
    .select(['id', 'name'])
    .where('removed_at', 'is', null)
    .where('keep_until', '<', now)
    .orderBy('keep_until')
    .limit(limit)
    .execute();
}

export interface NewDeliveries {
  readonly document: string;
  readonly targets: readonly string[];
  readonly attach: boolean;
  readonly at: string;
}

export async function insertDeliveries(
  tables: Writes,
  { document, targets, attach, at }: NewDeliveries,
): Promise<void> {
  if (targets.length === 0) return;
  const values = targets.map((target) => ({
    document_id: document,
    target,
    attach: Number(attach),
    state: 'waiting' as const,
    attached: 0,
    at,
  }));
  await tables.insertInto('backup_document_deliveries').values(values).execute();
}

export async function findWaitingDeliveries(reads: Reads, document: string) {
  return await reads
    .selectFrom('backup_document_deliveries')
    .select(['position', 'target', 'attach'])
    .where('document_id', '=', document)
    .where('state', '=', 'waiting')
    .orderBy('position')
    .execute();
}

export async function endDelivery(
  tables: Writes,
  position: number,
  { state, attached, at }: Pick<StoredDocument['deliveries'][number], 'state' | 'attached' | 'at'>,
): Promise<void> {
  await tables
    .updateTable('backup_document_deliveries')
    .set({ state, attached: Number(attached), at })
    .where('position', '=', position)
    .execute();
}

async function findDeliveries(
  reads: Reads,
  ids: readonly string[],
): Promise<ReadonlyMap<string, StoredDocument['deliveries']>> {
  if (ids.length === 0) return new Map();
  const rows = await reads
    .selectFrom('backup_document_deliveries')
    .select(['document_id', 'target', 'state', 'attached', 'at'])
    .where('document_id', 'in', ids)
    .orderBy('position')
    .execute();
  const told = rows.map(({ document_id: document, attached, ...row }) => ({
    document,
    ...row,
    attached: attached === 1,
  }));
  return new Map(
    [...Map.groupBy(told, ({ document }) => document)].map(([id, all]) => [
      id,
      all.map(({ document: _document, ...one }) => one),
    ]),
  );
}

function documentOf(row: Row, deliveries: StoredDocument['deliveries'] = []): StoredDocument {
  return {
    id: row.id,
    kind: row.kind,
    format: row.format,
    table: row.table_name,
    job: row.job_key,
    from: row.from_day,
    to: row.to_day,
    language: row.language,
    name: row.name,
    mediaType: row.media_type,
    bytes: row.size,
    madeAt: row.made_at,
    madeBy: row.made_by,
    plan: row.plan,
    keepUntil: row.keep_until,
    removedAt: row.removed_at,
    signature: documentSignatureSchema.parse(JSON.parse(row.signature)),
    deliveries,
  };
}
