/** From what somebody typed, or from a stored id, to the one entry that is meant. */
import { AndFilter, EqualityFilter, Filter, FilterParser, OrFilter } from 'ldapts';

import { KuraError } from '#kernel/errors';
import type { DirectoryPerson } from '#platform/identity';

import { accountState, stateAttributes } from './account-state.ts';
import { type LdapConnection, type LdapEntry, textOf } from './ldap-connection.ts';
import type { LdapSettings } from './ldap-settings.ts';

export interface FoundEntry {
  readonly entry: LdapEntry;
  /** With groups still to come. */
  readonly person: Omit<DirectoryPerson, 'groups'>;
  /** As whom the password is tried. */
  readonly bindName: string;
}

const textIds = ['entryUUID', 'ipaUniqueID', 'nsUniqueId'];
const binaryId = 'objectGUID';
const nameAttributes = ['sAMAccountName', 'uid', 'userPrincipalName'];
const attributes = [
  ...textIds,
  binaryId,
  ...nameAttributes,
  'cn',
  'displayName',
  'mail',
  'department',
  ...stateAttributes,
];
const longestName = 200;

type Found = FoundEntry | 'unknown' | 'ambiguous';

/** @param now milliseconds since 1970 */
export async function findByName(
  connection: LdapConnection,
  settings: LdapSettings,
  typed: string,
  now: number,
): Promise<Found> {
  const filter = userFilter(settings, typed);
  const entries = await connection.search({ base: settings.baseDn, filter, attributes, limit: 2 });
  if (entries.length > 1) return 'ambiguous';
  const [entry] = entries;
  return entry === undefined ? 'unknown' : foundEntry(entry, settings, now);
}

/** With what was typed escaped (RFC 4515 §3): it never becomes syntax. */
export function userFilter({ userFilter: filter, upnSuffix }: LdapSettings, typed: string): string {
  const upn = typed.includes('@') || upnSuffix === undefined ? typed : `${typed}@${upnSuffix}`;
  return filter.replaceAll(/\{(user|upn)\}/g, (_, word) => Filter.escape(word === 'user' ? typed : upn));
}

const idsAtOnce = 50;

/** By stored ids; who is missing is gone, or no longer of those the filter lets in. */
export async function findByIds(
  connection: LdapConnection,
  settings: LdapSettings,
  ids: readonly string[],
  now: number,
): Promise<ReadonlyMap<string, FoundEntry>> {
  const found = new Map<string, FoundEntry>();
  for (let from = 0; from < ids.length; from += idsAtOnce) {
    const filters = ids.slice(from, from + idsAtOnce).map(idFilter);
    const filter = new AndFilter({ filters: [new OrFilter({ filters }), anybody(settings)] });
    const search = { base: settings.baseDn, filter, attributes, limit: idsAtOnce };
    for (const entry of await connection.search(search)) {
      // Nobody is kept from being looked at by the entry of somebody else.
      const one = foundEntry(entry, { ...settings, bindAs: 'dn' }, now);
      found.set(one.person.id, one);
    }
  }
  return found;
}

/** What the filter asks of everybody, whatever their name. */
function anybody({ userFilter: filter }: LdapSettings): Filter {
  return FilterParser.parseString(filter.replaceAll(/\{(?:user|upn)\}/g, '*'));
}

function idFilter(id: string): Filter {
  const [attribute = '', value = ''] = id.split(':');
  return new EqualityFilter({ attribute, value: attribute === binaryId ? Buffer.from(value, 'hex') : value });
}

/** @throws KuraError invalid `ldap.no-id`, `ldap.no-upn` */
function foundEntry(entry: LdapEntry, settings: LdapSettings, now: number): FoundEntry {
  function read(attribute: string): string | undefined {
    return textOf(entry, attribute);
  }
  const id = idOf(entry);
  if (id === undefined) throw new KuraError('invalid', 'ldap.no-id', { params: { dn: entry.dn } });
  const upn = read('userPrincipalName');
  if (settings.bindAs === 'upn' && upn === undefined) {
    throw new KuraError('invalid', 'ldap.no-upn', { params: { dn: entry.dn } });
  }
  return {
    entry,
    bindName: settings.bindAs === 'upn' ? (upn ?? '') : entry.dn,
    person: {
      id,
      username: nameAttributes.map(read).find((name) => name !== undefined) ?? '',
      fullName: read('displayName') ?? read('cn') ?? null,
      email: read('mail') ?? null,
      department: read('department') ?? null,
      state: accountState(read, now),
    },
  };
}

function idOf(entry: LdapEntry): string | undefined {
  const guid = entry.values(binaryId)[0];
  if (guid !== undefined) return `${binaryId}:${guid.toString('hex')}`;
  const attribute = textIds.find((name) => textOf(entry, name) !== undefined);
  const value = attribute === undefined ? undefined : textOf(entry, attribute);
  return value === undefined || value.length > longestName ? undefined : `${attribute}:${value.toLowerCase()}`;
}
