/** The last number a question was given: those of removed questions are not given again. */
import { sql } from 'kysely';

import { columnTypes, createTable, type Migration } from '#platform/db';

export const faqNumbersMigration: Migration = {
  id: 'knowledge-0017-faq-numbers',
  up: async (db, dialect) => {
    const type = columnTypes(dialect);
    await createTable(db, dialect, 'knowledge_faq_numbers')
      .addColumn('kind', type.text, (column) => column.primaryKey().notNull())
      .addColumn('last', type.integer, (column) => column.notNull())
      .execute();
    await sql`insert into knowledge_faq_numbers (kind, last) select 'faq', coalesce(max(number), 0) from knowledge_faq`.execute(
      db,
    );
  },
};
