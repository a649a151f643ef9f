/** Incidents of a time, and the problems they lead to. */
import type { ReadTables } from '#platform/db';

import type { ReadingScope } from '../core/entries/reading-scope.ts';
import type { KnowledgeTables } from './knowledge-tables.ts';
import { readable } from './readable.ts';

type Reads = ReadTables<KnowledgeTables>;

/** Ids of the newest incidents since an instant that are not archived. */
export async function recentIncidents(
  reads: Reads,
  { scope, since, limit }: { readonly scope: ReadingScope | undefined; readonly since: string; readonly limit: number },
): Promise<readonly string[]> {
  const rows = await reads
    .selectFrom('knowledge_entries as e')
    .where('e.type', '=', 'incident')
    .where('e.status', '!=', 'archived')
    .where('e.created_at', '>=', since)
    .where(readable(scope, 'e'))
    .select('e.id')
    .orderBy('e.created_at', 'desc')
    .orderBy('e.id')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** Of each incident the problems it leads to that the reader may see. */
export async function problemsOf(reads: Reads, scope: ReadingScope | undefined, incidents: readonly string[]) {
  if (incidents.length === 0) return [];
  return await reads
    .selectFrom('knowledge_links as l')
    .innerJoin('knowledge_entries as e', 'e.id', 'l.target_id')
    .where('l.kind', '=', 'analysed-by')
    .where('l.source_id', 'in', incidents)
    .where(readable(scope, 'e'))
    .select(['l.source_id as incident', 'e.id', 'e.title', 'e.type', 'e.status'])
    .execute();
}
