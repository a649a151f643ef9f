/** The only SQL of device logins. */
import type { Instant } from '#kernel/brands';
import type { Transaction } from '#platform/db';

import type { Reader } from '../reader.ts';
import type { DeviceLoginRow, DeviceTables } from './device-tables.ts';

export async function insertDeviceLogin(tx: Transaction, row: DeviceLoginRow): Promise<void> {
  await tx.tables<DeviceTables>().insertInto('device_logins').values(row).execute();
}

export async function findByDeviceHash(reader: Reader, hash: string): Promise<DeviceLoginRow | undefined> {
  return logins(reader).where('device_hash', '=', hash).executeTakeFirst();
}

/** Only one that nobody decided about yet. */
export async function findUndecided(reader: Reader, hash: string, now: Instant): Promise<DeviceLoginRow | undefined> {
  return logins(reader)
    .where('user_code_hash', '=', hash)
    .where('decision', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
}

export async function updateDeviceLogin(tx: Transaction, id: string, change: Partial<DeviceLoginRow>): Promise<void> {
  await tx.tables<DeviceTables>().updateTable('device_logins').set(change).where('id', '=', id).execute();
}

export async function deleteDeviceLogin(tx: Transaction, id: string): Promise<void> {
  await tx.tables<DeviceTables>().deleteFrom('device_logins').where('id', '=', id).execute();
}

export async function deleteDeviceLoginsBefore(tx: Transaction, before: Instant): Promise<void> {
  await tx.tables<DeviceTables>().deleteFrom('device_logins').where('expires_at', '<', before).execute();
}

function logins(reader: Reader) {
  return reader.tables<DeviceTables>().selectFrom('device_logins').selectAll();
}
