/**
 * Which servers backups may be kept on (P-055). A repository's address is entered by somebody who may administer backups,
 * not by the owner of the machine: so this machine and private networks are out of reach, except hosts that the
 * configuration names. Those may be anywhere but where no storage can be, such as metadata services.
 */
import { isIP } from 'node:net';

import { KuraError } from '#kernel/errors';

import { addressKind } from './address-kind.ts';
import type { EgressPolicy } from './egress-policy.ts';

/** @param named host names or addresses, as in URLs */
export function createStorageEgress(named: readonly string[]): EgressPolicy {
  const hosts = new Set(named.map((host) => bare(host.toLowerCase())));
  function check(address: string, host: string): void {
    const kind = addressKind(address);
    if (kind === 'public' || (kind !== 'never' && hosts.has(bare(host.toLowerCase())))) return;
    throw new KuraError('refused', 'outbound.refused', {
      params: { target: address === host ? host : `${host} (${address})` },
    });
  }
  return {
    checkUrl({ protocol, hostname, host }) {
      const isNamed = hosts.has(bare(hostname));
      if (protocol !== 'https:' && !(protocol === 'http:' && isNamed)) {
        throw new KuraError('refused', 'outbound.refused', { params: { target: `${protocol}//${host}` } });
      }
      if (isIP(bare(hostname)) !== 0) check(bare(hostname), hostname);
    },
    checkAddress: (address, { hostname }) => check(address, hostname),
  };
}

function bare(host: string): string {
  return host.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}
