/** Pages of entries, last changed first; a page goes on where the one before ended, whatever changes between them. */
import { KuraError } from '#kernel/errors';
import type { Database, ReadTables } from '#platform/db';

import type { EntryStatus, EntrySummary, EntryType } from '../../contract/index.ts';
import { listEntryRows } from '../../store/entry-store.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import { readTagNames, tagName } from '../tags/tag-names.ts';
import { type Reader, scopeOf } from './reading-scope.ts';

export interface ListRequest {
  readonly type?: readonly EntryType[] | undefined;
  /** All of them. */
  readonly tag?: readonly string[] | undefined;
  readonly status?: readonly EntryStatus[] | undefined;
  /** A user name. */
  readonly owner?: string | undefined;
  /** Review day on or before this one. */
  readonly dueBy?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface ListedEntries {
  readonly items: EntrySummary[];
  readonly nextCursor?: string;
}

/** @throws KuraError `knowledge.bad-cursor`. */
export async function listEntries(database: Database, reader: Reader, request: ListRequest): Promise<ListedEntries> {
  const { limit, cursor, ...filter } = request;
  const after = cursor === undefined ? undefined : readCursor(cursor);
  const reads = database.tables<KnowledgeTables>();
  const rows = await listEntryRows(reads, {
    ...filter,
    tag: filter.tag === undefined ? undefined : await tagsByName(reads, filter.tag),
    scope: scopeOf(reader),
    after,
    limit: limit + 1,
  });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const items = page.map(({ position: _internal, ...summary }) => summary);
  return rows.length > limit && last !== undefined
    ? { items, nextCursor: `${last.updatedAt}_${last.position}` }
    : { items };
}

/** Tags may be asked for by their former names. */
async function tagsByName(reads: ReadTables<KnowledgeTables>, tags: readonly string[]): Promise<readonly string[]> {
  const names = await readTagNames(reads);
  return tags.map((tag) => tagName(names, tag));
}

function readCursor(cursor: string): { readonly updatedAt: string; readonly position: number } {
  const [, updatedAt, digits] = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)_(\d{1,15})$/.exec(cursor) ?? [];
  if (updatedAt === undefined) throw new KuraError('invalid', 'knowledge.bad-cursor', { params: { cursor } });
  return { updatedAt, position: Number(digits) };
}
