/** What programs of others said during runs, and the programs whose output is backed up. */
import { columnTypes, createTable, type Migration } from '#platform/db';

export const enginesMigration: Migration = {
  id: 'backups-0004-engines',
  up: async (db, dialect) => {
    const type = columnTypes(dialect);
    await createTable(db, dialect, 'backup_run_logs')
      .addColumn('run_id', type.text, (column) =>
        column.primaryKey().notNull().references('backup_runs.id').onDelete('cascade'),
      )
      .addColumn('tool', type.text, (column) => column.notNull())
      .addColumn('version', type.text)
      .addColumn('log', type.text, (column) => column.notNull())
      .execute();
    await createTable(db, dialect, 'backup_job_commands')
      .addColumn('job_key', type.text, (column) =>
        column.primaryKey().notNull().references('backup_jobs.key').onDelete('cascade'),
      )
      .addColumn('words', type.json, (column) => column.notNull())
      .addColumn('warn_exit_codes', type.json, (column) => column.notNull())
      .execute();
  },
};
