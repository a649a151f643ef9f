/** Logins of providers: sealed in the register, opened when a place of theirs is reached. */
import type { Database } from '#platform/db';
import type { Secrets } from '#platform/secrets';

import type { StorageOpener } from '../../ports.ts';
import type { BackupsTables } from '../../store/backups-tables.ts';
import { findProviders, type StoredProvider } from '../../store/provider-store.ts';

/** A sealed login opens nowhere else. */
export function loginContext(key: string): string {
  return `backup-provider/${key}`;
}

/** In the form of the setting `backups.credentials`; undefined when the provider has none. */
export async function loginsOf(
  { key, address, login }: Pick<StoredProvider, 'key' | 'address' | 'login'>,
  secrets: Pick<Secrets, 'open'>,
): Promise<string | undefined> {
  if (address === null || login === null) return undefined;
  return JSON.stringify({ [locationOf(address)]: JSON.parse(await secrets.open(loginContext(key), login)) });
}

/** Whatever lies at a provider is reached with its login. */
export function withProviderLogins(
  storages: StorageOpener,
  { database, secrets }: { readonly database: Database; readonly secrets: Pick<Secrets, 'open'> },
): StorageOpener {
  return {
    async open(address, logins) {
      if (logins !== undefined) return await storages.open(address, logins);
      const providers = await findProviders(database.tables<BackupsTables>());
      const found = providers.find((one) => one.login !== null && one.address !== null && lies(address, one.address));
      return await storages.open(address, found === undefined ? undefined : await loginsOf(found, secrets));
    },
  };
}

/** The part of an address that names the place, without its options. */
function locationOf(address: string): string {
  return address.split('?')[0] ?? address;
}

function lies(address: string, at: string): boolean {
  const place = locationOf(at).replace(/\/+$/, '');
  const wanted = locationOf(address);
  return wanted === place || wanted.startsWith(`${place}/`);
}
