/** Links between entries as rows. */
import type { ReadTables, Tables } from '#platform/db';

import type { EntryLink, LinkKind } from '../contract/index.ts';
import type { ReadingScope } from '../core/entries/reading-scope.ts';
import type { KnowledgeTables } from './knowledge-tables.ts';
import { readable } from './readable.ts';

type Reads = ReadTables<KnowledgeTables>;
type Writes = Tables<KnowledgeTables>;

export interface LinkKey {
  readonly source: string;
  readonly target: string;
  readonly kind: LinkKind;
}

/** In both directions, to entries that are there and may be seen; newest first. */
export async function linksOf(
  reads: Reads,
  scope: ReadingScope | undefined,
  id: string,
): Promise<readonly EntryLink[]> {
  const rows = await reads
    .selectFrom('knowledge_links as l')
    .innerJoin('knowledge_entries as e', (join) =>
      join.on((on) =>
        on.or([
          on.and([on('l.source_id', '=', id), on('e.id', '=', on.ref('l.target_id'))]),
          on.and([on('l.target_id', '=', id), on('e.id', '=', on.ref('l.source_id'))]),
        ]),
      ),
    )
    .select(['l.source_id', 'l.kind', 'l.note', 'l.linked_at', 'l.linked_by', 'e.id', 'e.title', 'e.type', 'e.status'])
    .where((where) => where.or([where('l.source_id', '=', id), where('l.target_id', '=', id)]))
    .where(readable(scope, 'e'))
    .orderBy('l.linked_at', 'desc')
    .orderBy('e.id')
    .execute();
  return rows.map((row) => ({
    kind: row.kind,
    direction: row.source_id === id ? 'to' : 'from',
    note: row.note,
    linkedAt: row.linked_at,
    linkedBy: row.linked_by,
    entry: { id: row.id, title: row.title, type: row.type, status: row.status },
  }));
}

/** `related` has no direction: it is kept once, however it was said. */
function kept(key: LinkKey): LinkKey {
  const { source, target, kind } = key;
  return kind === 'related' && source > target ? { source: target, target: source, kind } : key;
}

export async function putLink(
  tables: Writes,
  key: LinkKey,
  { note, at, by }: { readonly note: string | null; readonly at: string; readonly by: string },
): Promise<void> {
  const { source, target, kind } = kept(key);
  await tables
    .insertInto('knowledge_links')
    .values({ source_id: source, target_id: target, kind, note, linked_at: at, linked_by: by })
    .onConflict((conflict) => conflict.columns(['source_id', 'target_id', 'kind']).doUpdateSet({ note }))
    .execute();
}

export async function deleteLink(tables: Writes, key: LinkKey): Promise<void> {
  const { source, target, kind } = kept(key);
  await tables
    .deleteFrom('knowledge_links')
    .where('source_id', '=', source)
    .where('target_id', '=', target)
    .where('kind', '=', kind)
    .execute();
}

/** What was linked with `from` is linked with `to` instead, except with itself; a link that `to` has already stays as it is. */
export async function moveLinks(tables: Writes, from: string, to: string): Promise<void> {
  const rows = await tables
    .selectFrom('knowledge_links')
    .selectAll()
    .where((where) => where.or([where('source_id', '=', from), where('target_id', '=', from)]))
    .execute();
  await deleteLinksOf(tables, [from]);
  for (const row of rows) {
    const { source, target } = kept({
      source: row.source_id === from ? to : row.source_id,
      target: row.target_id === from ? to : row.target_id,
      kind: row.kind,
    });
    if (source === target) continue;
    await tables
      .insertInto('knowledge_links')
      .values({ ...row, source_id: source, target_id: target })
      .onConflict((conflict) => conflict.columns(['source_id', 'target_id', 'kind']).doNothing())
      .execute();
  }
}

export async function deleteLinksOf(tables: Writes, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tables
    .deleteFrom('knowledge_links')
    .where((where) => where.or([where('source_id', 'in', ids), where('target_id', 'in', ids)]))
    .execute();
}
