/** The only SQL of plugins: what somebody allowed, and how it went. */
import type { Instant } from '#kernel/brands';
import { columnTypes, createTable, type Migration, type ReadTables, type Transaction } from '#platform/db';

export interface PluginRow {
  readonly id: string;
  /** Of the bytes that were allowed. */
  readonly digest: string;
  readonly state: 'on' | 'off' | 'tripped';
  /** In a row. */
  readonly failures: number;
  /** Of the last of them. */
  readonly fault: string | null;
  readonly changed_at: Instant;
  readonly changed_by: string;
}

interface PluginTables {
  plugins: PluginRow;
}

interface Reader {
  tables<T>(): ReadTables<T>;
}

export const pluginMigrations: readonly Migration[] = [
  {
    id: 'plugins-0001-allowed',
    async up(db, dialect) {
      const type = columnTypes(dialect);
      await createTable(db, dialect, 'plugins')
        .addColumn('id', type.text, (column) => column.primaryKey().notNull())
        .addColumn('digest', type.text, (column) => column.notNull())
        .addColumn('state', type.text, (column) => column.notNull())
        .addColumn('failures', type.integer, (column) => column.notNull())
        .addColumn('fault', type.text)
        .addColumn('changed_at', type.instant, (column) => column.notNull())
        .addColumn('changed_by', type.text, (column) => column.notNull())
        .execute();
    },
  },
];

export async function findPluginRows(reader: Reader): Promise<ReadonlyMap<string, PluginRow>> {
  const rows = await reader.tables<PluginTables>().selectFrom('plugins').selectAll().execute();
  return new Map(rows.map((row) => [row.id, row]));
}

export async function savePluginRow(tx: Transaction, row: PluginRow): Promise<void> {
  const { id: _id, ...changes } = row;
  await tx
    .tables<PluginTables>()
    .insertInto('plugins')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(changes))
    .execute();
}
