/** Whom notices may reach by mail: the port People of #platform/notify over active accounts. */
import type { Database } from '#platform/db';
import type { People, Person } from '#platform/notify';

import type { AccountRow } from '../identity-tables.ts';
import { findAccount, findAccountByName, listAccounts } from './account-store.ts';

/** As many as one role may have at most for a notice to reach all of them. */
const most = 1000;

export function createPeople(database: Database): People {
  return {
    byName: async (name) => personOf(await findAccountByName(database, name)),
    byId: async (id) => personOf(await findAccount(database, id)),
    withRole: async (role) =>
      (await listAccounts(database, { role, active: true, limit: most })).flatMap((row) => personOf(row) ?? []),
  };
}

function personOf(row: AccountRow | undefined): Person | undefined {
  if (row === undefined || row.active !== 1 || row.anonymised_at !== null) return undefined;
  return { id: row.id, name: row.username, email: row.email, language: row.language };
}
