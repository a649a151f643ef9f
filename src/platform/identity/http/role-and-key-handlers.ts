/** Handlers of roles and API keys. */
import { implement, type RouteHandler } from '#platform/http';

import { resolveUser } from '../accounts/account-rules.ts';
import * as contract from '../contract/index.ts';
import type { Identity } from '../identity.ts';
import { listKeysOf } from '../keys/key-store.ts';
import { createKey, revokeKey, rotateKey, viewKey } from '../keys/keys.ts';
import { countByRole, listRoles } from '../roles/role-store.ts';
import { deleteRole, saveRole, viewRole } from '../roles/roles.ts';
import { writerFor } from './account-handlers.ts';

export function roleAndKeyHandlers(identity: Identity): readonly RouteHandler[] {
  const { deps } = identity;
  const { database } = deps;
  const write = writerFor(identity);
  return [
    implement(contract.listRoles, async () => {
      const counts = await countByRole(database);
      return { items: (await listRoles(database)).map((role) => viewRole(role, counts)) };
    }),
    implement(contract.saveRole, ({ params: { name }, body }, context) =>
      write(context, 'users:manage', (tx, caller) => saveRole(deps, tx, caller, { name, ...body })),
    ),
    implement(contract.deleteRole, async ({ params: { name } }, context) => {
      await write(context, 'users:manage', (tx, caller) => deleteRole(tx, caller, name));
      return undefined;
    }),
    implement(contract.listKeys, async ({ params: { user } }, { caller }) => {
      const account = await resolveUser(database, caller, user, 'users:read');
      return { items: (await listKeysOf(database, account.id)).map(viewKey) };
    }),
    implement(contract.createKey, ({ params: { user }, body }, context) =>
      write(context, 'account:self', (tx, caller) => createKey(deps, tx, { caller, user }, body)),
    ),
    implement(contract.rotateKey, ({ params: { user, id }, body: { overlapHours } }, context) =>
      write(context, 'account:self', (tx, caller) => rotateKey(deps, tx, { caller, user }, { id, overlapHours })),
    ),
    implement(contract.revokeKey, async ({ params: { user, id } }, context) => {
      await write(context, 'account:self', (tx, caller) => revokeKey(deps, tx, { caller, user }, id));
      return undefined;
    }),
  ];
}
