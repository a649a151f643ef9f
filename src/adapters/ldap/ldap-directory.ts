/** The port Directory over LDAP. */
import type { Clock } from '#kernel/clock';
import { toKuraError } from '#kernel/errors';
import type { Directory, DirectoryServerState } from '#platform/identity';
import { createDirectoryEgress } from '#platform/outbound';

import { explainLogin } from './explain-login.ts';
import { createFailOver } from './fail-over.ts';
import { type LdapServer, ldapServer } from './ldap-server.ts';
import { lookUpOn, openService, proveOn } from './ldap-session.ts';
import type { LdapSettings } from './ldap-settings.ts';
import type { WireOptions } from './open-socket.ts';

export interface LdapDirectoryOptions {
  readonly settings: LdapSettings;
  readonly clock: Clock;
}

/** @throws KuraError invalid `ldap.address` */
export function createLdapDirectory({ settings, clock }: LdapDirectoryOptions): Directory {
  const servers = settings.servers.map((address) => ldapServer(address, settings.plainLoopback));
  const egress = createDirectoryEgress(servers.map(({ host }) => host));
  const failOver = createFailOver(servers, clock);
  const deps = { settings, clock };

  function wire(signal: AbortSignal): WireOptions {
    return { ca: settings.ca, timeoutMs: settings.timeoutMs, egress, signal };
  }

  async function state(server: LdapServer, signal: AbortSignal): Promise<DirectoryServerState> {
    try {
      await using service = await openService(server, settings, wire(signal));
      return { server: server.url, error: undefined, certificateEndsAt: service.tls?.endsAt };
    } catch (error) {
      return { server: server.url, error: toKuraError(error), certificateEndsAt: undefined };
    }
  }

  return {
    provider: 'ldap',
    async authenticate(login, signal) {
      // Servers take an empty password for no password and say yes (RFC 4513 §5.1.2).
      if (login.password === '' || login.username.trim() === '') return { kind: 'refused', reason: 'wrong-password' };
      return failOver.run((server) => proveOn(server, deps, login, wire(signal)));
    },
    lookUp: (ids, signal) => failOver.run((server) => lookUpOn(server, deps, ids, wire(signal))),
    explain: (username, password, signal) => explainLogin({ ...deps, servers, username, password }, wire(signal)),
    check: (signal) => Promise.all(servers.map((server) => state(server, signal))),
  };
}
