/** The rule of `core/entries/reading-scope.ts` as a condition on rows of knowledge_entries. */
import { type RawBuilder, sql } from 'kysely';

import { type ReadingScope, unfinished } from '../core/entries/reading-scope.ts';

/** @param table The name the entries have in the query. */
export function readable(scope: ReadingScope | undefined, table: string): RawBuilder<boolean> {
  if (scope === undefined) return sql<boolean>`1 = 1`;
  const { person, department } = scope;
  const own = sql`${person} in (${column('created_by')}, ${column('owner')}, ${column('reviewer')})`;
  const finished = scope.unfinished ? sql`1 = 1` : sql`${column('status')} not in (${sql.join([...unfinished])})`;
  const ofDepartment =
    department === undefined
      ? sql`1 = 0`
      : sql`(${column('visibility')} = 'department' and ${column('department')} = ${department})`;
  const seen = sql`(${column('visibility')} = 'public' or ${ofDepartment})`;
  return sql<boolean>`(${own} or (${finished} and ${seen}))`;

  function column(name: string) {
    return sql.ref(`${table}.${name}`);
  }
}
