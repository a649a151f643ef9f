/** The only SQL of roles. A built-in role has a row only when networks were set for it. */
import { z } from 'zod';

import { builtInRoleNames, builtInRoles, isBuiltInRole, ownAccount } from '#platform/access';
import { type Permission, permissions } from '#platform/contract';
import type { Transaction } from '#platform/db';

import type { IdentityTables, RoleRow } from '../identity-tables.ts';
import type { Reader } from '../reader.ts';

export interface Role {
  readonly name: string;
  readonly title: string | null;
  readonly builtIn: boolean;
  readonly permissions: ReadonlySet<Permission>;
  /** Addresses from which people of this role may come; empty is everywhere. */
  readonly networks: readonly string[];
}

/** A permission that a later version dropped is no reason to lock people out; it just allows nothing. */
const storedPermissions = z
  .array(z.string())
  .transform((names) => permissions.filter((permission) => names.includes(permission)));
const storedNetworks = z.array(z.string());

export async function findRole(reader: Reader, name: string): Promise<Role | undefined> {
  const row = await reader
    .tables<IdentityTables>()
    .selectFrom('roles')
    .selectAll()
    .where('name', '=', name)
    .executeTakeFirst();
  return roleOf(name, row);
}

export async function listRoles(reader: Reader): Promise<readonly Role[]> {
  const rows = await reader.tables<IdentityTables>().selectFrom('roles').selectAll().orderBy('name').execute();
  const own = rows.filter(({ name }) => !isBuiltInRole(name));
  const builtIn = builtInRoleNames.map((name) =>
    roleOf(
      name,
      rows.find((row) => row.name === name),
    ),
  );
  return [...builtIn, ...own.map((row) => roleOf(row.name, row))].filter((role) => role !== undefined);
}

export async function putRole(tx: Transaction, row: RoleRow): Promise<void> {
  const { name: _name, created_at: _createdAt, ...changed } = row;
  await tx
    .tables<IdentityTables>()
    .insertInto('roles')
    .values(row)
    .onConflict((conflict) => conflict.column('name').doUpdateSet(changed))
    .execute();
}

export async function dropRole(tx: Transaction, name: string): Promise<void> {
  await tx.tables<IdentityTables>().deleteFrom('roles').where('name', '=', name).execute();
}

/** Active accounts per role. */
export async function countByRole(reader: Reader): Promise<ReadonlyMap<string, number>> {
  const rows = await reader
    .tables<IdentityTables>()
    .selectFrom('accounts')
    .select(['role', (select) => select.fn.countAll<number>().as('count')])
    .where('active', '=', 1)
    .groupBy('role')
    .execute();
  return new Map(rows.map(({ role, count }) => [role, count]));
}

/** Accounts of a role, active or not. */
export async function isRoleInUse(reader: Reader, name: string): Promise<boolean> {
  const tables = reader.tables<IdentityTables>();
  const account = await tables.selectFrom('accounts').select('id').where('role', '=', name).executeTakeFirst();
  return account !== undefined;
}

function roleOf(name: string, row: RoleRow | undefined): Role | undefined {
  const networks = row === undefined ? [] : storedNetworks.parse(JSON.parse(row.networks));
  const title = row?.title ?? null;
  if (isBuiltInRole(name)) return { name, title, builtIn: true, permissions: builtInRoles[name], networks };
  if (row === undefined) return undefined;
  const chosen = storedPermissions.parse(JSON.parse(row.permissions ?? '[]'));
  return { name, title, builtIn: false, permissions: new Set([...ownAccount, ...chosen]), networks };
}
