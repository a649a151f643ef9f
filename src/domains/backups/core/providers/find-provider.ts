import { KuraError } from '#kernel/errors';
import type { Database } from '#platform/db';

import type { BackupsTables } from '../../store/backups-tables.ts';
import { findProvider, type StoredProvider } from '../../store/provider-store.ts';

/** @throws KuraError `backups.provider-not-found`. */
export async function requireProvider(
  { database }: { readonly database: Database },
  key: string,
): Promise<StoredProvider> {
  const provider = await findProvider(database.tables<BackupsTables>(), key);
  if (provider !== undefined) return provider;
  throw new KuraError('not-found', 'backups.provider-not-found', { params: { provider: key } });
}
