/** The groups somebody is in, directly or through other groups. */
import { EqualityFilter, ExtensibleFilter, type Filter, OrFilter } from 'ldapts';

import { KuraError } from '#kernel/errors';
import type { DirectoryGroup } from '#platform/identity';

import { type LdapConnection, type LdapEntry, textOf } from './ldap-connection.ts';

/** LDAP_MATCHING_RULE_IN_CHAIN, [MS-ADTS] 3.1.1.3.4.4.3: the server itself walks through groups in groups. */
const inChain = '1.2.840.113556.1.4.1941';
/** LDAP_CAP_ACTIVE_DIRECTORY_OID: such a server knows the rule. */
const activeDirectory = '1.2.840.113556.1.4.800';

export const groupLimits = { depth: 10, groups: 5000 } as const;
/** Names of groups in one question. */
const atOnce = 50;

export interface Member {
  readonly dn: string;
  /** For groups of POSIX, which know members by this. */
  readonly uid: string | undefined;
}

/** @throws KuraError limit `ldap.too-many-groups`, and as searches */
export async function findGroups(
  connection: LdapConnection,
  base: string,
  member: Member,
): Promise<readonly DirectoryGroup[]> {
  const direct = await search(connection, base, memberFilters(member));
  if (await knowsChains(connection)) {
    const filter = new ExtensibleFilter({ matchType: 'member', rule: inChain, value: member.dn });
    const all = await search(connection, base, [filter]);
    return joined(direct, all);
  }
  return joined(direct, await walked(connection, base, direct));
}

async function knowsChains(connection: LdapConnection): Promise<boolean> {
  const attribute = 'supportedCapabilities';
  const rootDse = { base: '', scope: 'base', filter: '(objectClass=*)', attributes: [attribute], limit: 1 } as const;
  const [root] = await connection.search(rootDse);
  return root?.values(attribute).some((value) => value.toString() === activeDirectory) ?? false;
}

/** Level by level; what was seen is not asked about again, so circles end. What lies deeper than the limit does not count. */
async function walked(
  connection: LdapConnection,
  base: string,
  direct: readonly LdapEntry[],
): Promise<readonly LdapEntry[]> {
  const seen = new Map(direct.map((entry) => [keyOf(entry.dn), entry]));
  let level = direct;
  for (let depth = 1; level.length > 0 && depth < groupLimits.depth; depth += 1) {
    const above = await parentsOf(connection, base, level);
    level = above.filter(({ dn }) => !seen.has(keyOf(dn)));
    for (const entry of level) seen.set(keyOf(entry.dn), entry);
    if (seen.size > groupLimits.groups) throw tooMany();
  }
  return [...seen.values()];
}

/** Each once, whichever of the groups it holds. */
async function parentsOf(connection: LdapConnection, base: string, groups: readonly LdapEntry[]) {
  const found = new Map<string, LdapEntry>();
  for (let from = 0; from < groups.length; from += atOnce) {
    const filters = groups.slice(from, from + atOnce).flatMap(({ dn }) => memberFilters({ dn, uid: undefined }));
    for (const entry of await search(connection, base, filters)) found.set(keyOf(entry.dn), entry);
  }
  return [...found.values()];
}

function memberFilters({ dn, uid }: Member): readonly Filter[] {
  return [
    new EqualityFilter({ attribute: 'member', value: dn }),
    new EqualityFilter({ attribute: 'uniqueMember', value: dn }),
    ...(uid === undefined ? [] : [new EqualityFilter({ attribute: 'memberUid', value: uid })]),
  ];
}

async function search(connection: LdapConnection, base: string, filters: readonly Filter[]) {
  const filter = new OrFilter({ filters: [...filters] });
  const found = await connection.search({ base, filter, attributes: ['cn'], limit: groupLimits.groups + 1 });
  if (found.length > groupLimits.groups) throw tooMany();
  return found;
}

function tooMany(): KuraError {
  return new KuraError('limit', 'ldap.too-many-groups', { params: { limit: groupLimits.groups } });
}

function joined(direct: readonly LdapEntry[], all: readonly LdapEntry[]): readonly DirectoryGroup[] {
  const own = new Set(direct.map(({ dn }) => keyOf(dn)));
  const nested = all.filter(({ dn }) => !own.has(keyOf(dn)));
  return [...direct.map((entry) => groupOf(entry, false)), ...nested.map((entry) => groupOf(entry, true))];
}

function groupOf(entry: LdapEntry, nested: boolean): DirectoryGroup {
  return { dn: entry.dn, name: textOf(entry, 'cn') ?? entry.dn, nested };
}

function keyOf(dn: string): string {
  return dn.toLowerCase();
}
