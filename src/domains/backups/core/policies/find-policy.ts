import { KuraError } from '#kernel/errors';
import type { Database } from '#platform/db';

import type { PolicyView } from '../../contract/index.ts';
import type { BackupsTables } from '../../store/backups-tables.ts';
import { findPolicies } from '../../store/policy-store.ts';

/** @throws KuraError `backups.policy-not-found`. */
export async function requirePolicy({ database }: { readonly database: Database }, key: string): Promise<PolicyView> {
  const policy = (await findPolicies(database.tables<BackupsTables>())).find((one) => one.key === key);
  if (policy === undefined) throw new KuraError('not-found', 'backups.policy-not-found', { params: { policy: key } });
  return policy;
}
