/** The index also holds who keeps an entry true and how severe it is; facets count them without reading texts. */
import type { Migration } from '#platform/db';

import { indexedEntry } from '../core/entries/entry-terms.ts';
import { attachmentNames } from '../store/attachment-store.ts';
import { findEntries } from '../store/entry-store.ts';
import type { KnowledgeTables } from '../store/knowledge-tables.ts';
import { searchIndexOf } from '../store/search-index-of.ts';

const perStatement = 500;

export const ownerAndSeverityMigration: Migration = {
  id: 'knowledge-0018-owner-and-severity',
  up: async (db, dialect) => {
    await db.schema.dropIndex('knowledge_entries_by_facts').execute();
    await db.schema
      .createIndex('knowledge_entries_by_facts')
      .on('knowledge_entries')
      .columns(['position', 'type', 'status', 'created_by', 'updated_at', 'owner', 'severity'])
      .execute();
    const tables = db.withTables<Pick<KnowledgeTables, keyof KnowledgeTables>>();
    const index = searchIndexOf(dialect);
    // Of all others the index says already what it has to.
    const concerned = await tables
      .selectFrom('knowledge_entries')
      .select('position')
      .where((where) => where.or([where('owner', 'is not', null), where('severity', 'is not', null)]))
      .orderBy('position')
      .execute();
    for (let from = 0; from < concerned.length; from += perStatement) {
      const positions = concerned.slice(from, from + perStatement).map(({ position }) => position);
      const entries = await findEntries(tables, 'position', positions);
      const names = await attachmentNames(
        tables,
        entries.map(({ id }) => id),
      );
      await index.remove(db, positions);
      await index.add(
        db,
        entries.map((entry) => indexedEntry(entry, names.get(entry.id))),
      );
    }
  },
};
