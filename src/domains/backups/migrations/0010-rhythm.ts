/** Holidays and pauses in which no run is due, and what people tested of copies that Kura cannot read. */
import { columnTypes, createPositionedTable, type Migration } from '#platform/db';

export const rhythmMigration: Migration = {
  id: 'backups-0010-rhythm',
  up: async (db, dialect) => {
    const type = columnTypes(dialect);
    await db.schema.alterTable('backup_expectations').addColumn('calendar', type.text).execute();
    await createPositionedTable(db, dialect, 'backup_pauses')
      .addColumn('job_key', type.text, (column) => column.notNull().references('backup_jobs.key').onDelete('cascade'))
      .addColumn('from_at', type.instant, (column) => column.notNull())
      .addColumn('until_at', type.instant)
      .execute();
    await db.schema.createIndex('backup_pauses_by_job').on('backup_pauses').columns(['job_key', 'until_at']).execute();
    await db.schema
      .createIndex('backup_drills_by_copy')
      .on('backup_drills')
      .columns(['copy_id', 'mode', 'kind', 'result', 'ended_at'])
      .execute();
  },
};
