/** SQL over the sessions and keys of all accounts at once; it only reads. */
import type { Instant } from '#kernel/brands';

import type { IdentityTables } from '../identity-tables.ts';
import type { Reader } from '../reader.ts';

/** Newest first; without those that are over. */
export async function listAllSessions(reader: Reader, now: Instant, limit: number) {
  return reader
    .tables<IdentityTables>()
    .selectFrom('sessions')
    .leftJoin('accounts', 'accounts.id', 'sessions.account_id')
    .selectAll('sessions')
    .select(['accounts.username as username', 'accounts.active as active'])
    .where('sessions.expires_at', '>', now)
    .orderBy('sessions.created_at', 'desc')
    .orderBy('sessions.id', 'desc')
    .limit(limit)
    .execute();
}

interface KeyFilter {
  readonly limit: number;
  /** Only keys that are good at this moment. */
  readonly liveAt?: Instant | undefined;
}

/** Newest first. */
export async function listAllKeys(reader: Reader, { limit, liveAt }: KeyFilter) {
  let select = reader
    .tables<IdentityTables>()
    .selectFrom('api_keys')
    .innerJoin('accounts', 'accounts.id', 'api_keys.account_id')
    .selectAll('api_keys')
    .select(['accounts.username as username', 'accounts.active as active'])
    .orderBy('api_keys.id', 'desc')
    .limit(limit);
  if (liveAt !== undefined) {
    select = select
      .where('api_keys.revoked_at', 'is', null)
      .where((where) =>
        where.or([where('api_keys.expires_at', 'is', null), where('api_keys.expires_at', '>', liveAt)]),
      );
  }
  return select.execute();
}
