/** The login provider that the configuration names. */
import { createOidcProvider } from '#adapters/oidc';
import type { NetworkOptions } from '#engines/transfer';
import type { Clock } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { Config } from '#platform/config';
import type { ProviderAccess } from '#platform/identity';

/** @throws KuraError invalid `identity.provider-incomplete` */
export function configuredProvider(
  { oidc, access }: Pick<Config, 'oidc' | 'access'>,
  network: NetworkOptions,
  clock: Clock,
): ProviderAccess | undefined {
  if (oidc.issuer === undefined) return undefined;
  const site = required('access.publicUrl', access.publicUrl).replace(/\/$/, '');
  const settings = {
    issuer: oidc.issuer,
    clientId: required('oidc.clientId', oidc.clientId),
    clientSecret: oidc.clientSecret,
    scopes: oidc.scopes,
    algorithm: oidc.algorithm,
    usernameClaim: oidc.usernameClaim,
    groupsClaim: oidc.groupsClaim,
    redirectUri: `${site}/login/oidc`,
    afterLogout: `${site}/login`,
  };
  return {
    source: createOidcProvider({ settings, network, clock }),
    name: oidc.name,
    rules: oidc.roles,
    fallback: oidc.defaultRole,
    firstLogin: oidc.firstLogin,
  };
}

function required(missing: string, value: string | undefined): string {
  if (value === undefined) throw new KuraError('invalid', 'identity.provider-incomplete', { params: { missing } });
  return value;
}
