/** What a login or a look-up does on one server, with the account that searches. */
import type { Clock } from '#kernel/clock';
import { isKuraError, KuraError } from '#kernel/errors';
import type { DirectoryLogin, DirectoryPerson, Proof } from '#platform/identity';

import { findGroups } from './find-groups.ts';
import { type FoundEntry, findByIds, findByName } from './find-person.ts';
import { type LdapConnection, openConnection, textOf } from './ldap-connection.ts';
import type { LdapServer } from './ldap-server.ts';
import type { LdapSettings } from './ldap-settings.ts';
import type { WireOptions } from './open-socket.ts';

export interface SessionDeps {
  readonly settings: LdapSettings;
  readonly clock: Clock;
}

/** Bound as the account that searches. @throws KuraError invalid `ldap.service-bind-refused`, and as `openConnection` */
export async function openService(
  server: LdapServer,
  { bindDn, bindPassword }: LdapSettings,
  wire: WireOptions,
): Promise<LdapConnection> {
  const connection = await openConnection(server, wire);
  try {
    const refusal = await connection.bind(bindDn, bindPassword);
    if (refusal === undefined) return connection;
    throw new KuraError('invalid', 'ldap.service-bind-refused', { params: { server: server.url, user: bindDn } });
  } catch (error) {
    await connection[Symbol.asyncDispose]();
    throw error;
  }
}

export async function proveOn(
  server: LdapServer,
  { settings, clock }: SessionDeps,
  login: DirectoryLogin,
  wire: WireOptions,
): Promise<Proof> {
  await using service = await openService(server, settings, wire);
  const found = await findByName(service, settings, login.username, clock.now());
  if (typeof found === 'string') {
    await bindAsNobody(server, settings, login.password, wire);
    return { kind: 'refused', reason: found };
  }
  if (!(await login.admit(found.person.username))) return { kind: 'refused', reason: 'locked' };
  if ((await tryPassword(server, found.bindName, login.password, wire)) !== undefined) {
    return { kind: 'refused', reason: 'wrong-password' };
  }
  const person = await withGroups(service, settings, found);
  // A lock that the directory itself no longer holds against the right password is over.
  if (person.state === 'usable' || person.state === 'locked') {
    return { kind: 'proven', person: { ...person, state: 'usable' } };
  }
  return { kind: 'refused', reason: person.state };
}

/** Undefined: it is right. On a connection of its own, so that nothing is ever asked with a person's rights. */
export async function tryPassword(server: LdapServer, name: string, password: string, wire: WireOptions) {
  await using connection = await openConnection(server, wire);
  return await connection.bind(name, password);
}

/** As much work as for somebody who exists, so that time does not tell who does. */
async function bindAsNobody(server: LdapServer, settings: LdapSettings, password: string, wire: WireOptions) {
  await tryPassword(server, `cn=nobody-has-this-name,${settings.baseDn}`, password, wire).catch((error: unknown) => {
    if (!(error instanceof KuraError) || error.kind !== 'invalid') throw error;
  });
}

export async function lookUpOn(
  server: LdapServer,
  { settings, clock }: SessionDeps,
  ids: readonly string[],
  wire: WireOptions,
): Promise<ReadonlyMap<string, DirectoryPerson>> {
  await using service = await openService(server, settings, wire);
  const people = new Map<string, DirectoryPerson>();
  for (const [id, found] of await findByIds(service, settings, ids, clock.now())) {
    people.set(id, await withCountableGroups(service, settings, found));
  }
  return people;
}

/** Whoever is in too many groups to count is in none, rather than keeping everybody else from being looked at. */
async function withCountableGroups(
  service: LdapConnection,
  settings: LdapSettings,
  found: FoundEntry,
): Promise<DirectoryPerson> {
  try {
    return await withGroups(service, settings, found);
  } catch (error) {
    if (!isKuraError(error) || error.kind !== 'limit') throw error;
    return { ...found.person, groups: [] };
  }
}

export async function withGroups(
  service: LdapConnection,
  settings: LdapSettings,
  { entry, person }: FoundEntry,
): Promise<DirectoryPerson> {
  const member = { dn: entry.dn, uid: textOf(entry, 'uid') };
  return { ...person, groups: await findGroups(service, settings.groupBaseDn ?? settings.baseDn, member) };
}
