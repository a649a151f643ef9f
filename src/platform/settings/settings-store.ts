/** The only SQL of settings. */
import { z } from 'zod';

import type { Instant } from '#kernel/brands';
import { columnTypes, createTable, type Database, type Migration, type Transaction } from '#platform/db';
import { defineEvent } from '#platform/events';

interface SettingRow {
  readonly key: string;
  readonly value: string;
  readonly changed_at: Instant;
  readonly changed_by: string;
}

interface SettingTables {
  settings: SettingRow;
}

export const settingChanged = defineEvent({ name: 'settings.changed', schema: z.object({ key: z.string() }) });

export const settingsMigrations: readonly Migration[] = [
  {
    id: 'settings-0001-values',
    async up(db, dialect) {
      const type = columnTypes(dialect);
      await createTable(db, dialect, 'settings')
        .addColumn('key', type.text, (column) => column.primaryKey().notNull())
        .addColumn('value', type.json, (column) => column.notNull())
        .addColumn('changed_at', type.instant, (column) => column.notNull())
        .addColumn('changed_by', type.text, (column) => column.notNull())
        .execute();
    },
  },
];

export async function readSettings(database: Database): Promise<Readonly<Record<string, unknown>>> {
  const rows = await database.tables<SettingTables>().selectFrom('settings').select(['key', 'value']).execute();
  return Object.fromEntries(rows.map(({ key, value }) => [key, JSON.parse(value)]));
}

export async function deleteSetting(tx: Transaction, key: string): Promise<void> {
  await tx.tables<SettingTables>().deleteFrom('settings').where('key', '=', key).execute();
}

export async function writeSetting(tx: Transaction, row: SettingRow): Promise<void> {
  const { key: _key, ...rest } = row;
  await tx
    .tables<SettingTables>()
    .insertInto('settings')
    .values(row)
    .onConflict((conflict) => conflict.column('key').doUpdateSet(rest))
    .execute();
}
