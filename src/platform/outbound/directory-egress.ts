/**
 * Which addresses directory servers may have (P-055), and others that the machine's own configuration names: login
 * providers, mail servers, receivers of syslog. They stand in private networks as a rule, so those are allowed; never
 * addresses no such server can have: link-local, metadata services in any form, multicast, unspecified. This machine
 * only where the configuration says so itself.
 */
import { KuraError } from '#kernel/errors';

import { addressKind } from './address-kind.ts';

export interface DirectoryEgress {
  /** @throws KuraError refused `outbound.refused` for an address a configured name resolved to */
  checkAddress(address: string, hostname: string): void;
}

/** @param hosts as the configuration names them */
export function createDirectoryEgress(hosts: readonly string[]): DirectoryEgress {
  const own = new Set(hosts.filter((host) => isThisMachine(host)));
  return {
    checkAddress(address, hostname) {
      const kind = addressKind(address);
      if (kind === 'never' || (kind === 'this-machine' && !own.has(hostname))) {
        throw new KuraError('refused', 'outbound.refused', { params: { target: `${hostname} (${address})` } });
      }
    },
  };
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || addressKind(host) === 'this-machine';
}
