/** The only SQL of channels. */
import type { Selectable } from 'kysely';

import type { Transaction } from '#platform/db';

import type { NotifyTables } from '../notify-tables.ts';
import type { Reader } from '../reader.ts';

export type ChannelRow = Selectable<NotifyTables['notify_channels']>;

export async function listChannels(reader: Reader): Promise<readonly ChannelRow[]> {
  return reader.tables<NotifyTables>().selectFrom('notify_channels').selectAll().orderBy('name').execute();
}

export async function findChannel(reader: Reader, name: string): Promise<ChannelRow | undefined> {
  const all = reader.tables<NotifyTables>().selectFrom('notify_channels').selectAll();
  return all.where('name', '=', name).executeTakeFirst();
}

export async function insertChannel(tx: Transaction, row: ChannelRow): Promise<void> {
  await tx.tables<NotifyTables>().insertInto('notify_channels').values(row).execute();
}

export async function updateChannel(tx: Transaction, name: string, change: Partial<ChannelRow>): Promise<void> {
  await tx.tables<NotifyTables>().updateTable('notify_channels').set(change).where('name', '=', name).execute();
}

export async function deleteChannel(tx: Transaction, name: string): Promise<void> {
  await tx.tables<NotifyTables>().deleteFrom('notify_channels').where('name', '=', name).execute();
}
