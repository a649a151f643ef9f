/** What a download cost and with which options it was asked for; statistics are counted from it. */
import { columnTypes, type Migration } from '#platform/db';

export const downloadFactsMigration: Migration = {
  id: 'models-0009-download-facts',
  up: async (db, dialect) => {
    const type = columnTypes(dialect);
    for (const [name, kind] of [
      ['seconds', type.real],
      ['network_bytes', type.bigint],
      ['tool_version', type.text],
      ['bytes_per_second', type.bigint],
      ['parts', type.text],
    ] as const) {
      await db.schema.alterTable('downloads').addColumn(name, kind).execute();
    }
    await db.schema
      .alterTable('downloads')
      .addColumn('force', type.flag, (column) => column.notNull().defaultTo(0))
      .execute();
    await db.schema.createIndex('downloads_by_type').on('downloads').columns(['type', 'status']).execute();
  },
};
