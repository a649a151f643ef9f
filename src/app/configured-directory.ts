/** The directory that the configuration names. */
import { createLdapDirectory } from '#adapters/ldap';
import type { Clock } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { MINUTE, SECOND } from '#kernel/units';
import { type Config, namesOf } from '#platform/config';
import type { DirectoryAccess } from '#platform/identity';
import { readAuthorities } from '#platform/outbound';

/** @throws KuraError invalid `identity.directory-incomplete`, `ldap.address`, `outbound.ca-unreadable` */
export function configuredDirectory({ ldap }: Pick<Config, 'ldap'>, clock: Clock): DirectoryAccess | undefined {
  const servers = namesOf(ldap.servers);
  if (servers.length === 0) return undefined;
  const { caFile, timeoutSeconds, roles, defaultRole, recheckMinutes, ...rest } = ldap;
  const settings = {
    ...rest,
    servers,
    ca: caFile === undefined ? undefined : readAuthorities(caFile),
    bindDn: required('ldap.bindDn', ldap.bindDn),
    bindPassword: required('ldap.bindPassword', ldap.bindPassword),
    baseDn: required('ldap.baseDn', ldap.baseDn),
    timeoutMs: timeoutSeconds * SECOND,
  };
  return {
    source: createLdapDirectory({ settings, clock }),
    roles: { rules: roles, fallback: defaultRole },
    recheckMs: recheckMinutes * MINUTE,
  };
}

function required(missing: string, value: string | undefined): string {
  if (value === undefined) throw new KuraError('invalid', 'identity.directory-incomplete', { params: { missing } });
  return value;
}
