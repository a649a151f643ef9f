/**
 * Which addresses directory servers may have (P-055). They stand in private networks as a rule and are named by the
 * machine's own configuration, so private ranges are allowed; never those no directory can be in: link-local with its
 * metadata services, multicast, unspecified. This machine only where the configuration says so itself.
 */
import { BlockList, isIP } from 'node:net';

import { KuraError } from '#kernel/errors';

export interface DirectoryEgress {
  /** @throws KuraError refused `outbound.refused` for an address a configured name resolved to */
  checkAddress(address: string, hostname: string): void;
}

const never = new BlockList();
never.addSubnet('0.0.0.0', 8, 'ipv4');
never.addSubnet('169.254.0.0', 16, 'ipv4');
never.addSubnet('224.0.0.0', 3, 'ipv4');
never.addAddress('::', 'ipv6');
never.addSubnet('fe80::', 10, 'ipv6');
never.addSubnet('ff00::', 8, 'ipv6');

const thisMachine = new BlockList();
thisMachine.addSubnet('127.0.0.0', 8, 'ipv4');
thisMachine.addAddress('::1', 'ipv6');

/** @param hosts as the configuration names them */
export function createDirectoryEgress(hosts: readonly string[]): DirectoryEgress {
  const own = new Set(hosts.filter((host) => isThisMachine(host)));
  return {
    checkAddress(address, hostname) {
      const isRefused = holds(never, address) || (holds(thisMachine, address) && !own.has(hostname));
      if (isRefused) {
        throw new KuraError('refused', 'outbound.refused', { params: { target: `${hostname} (${address})` } });
      }
    },
  };
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || holds(thisMachine, host);
}

function holds(list: BlockList, address: string): boolean {
  const plain = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
  const family = isIP(plain);
  return family !== 0 && list.check(plain, family === 6 ? 'ipv6' : 'ipv4');
}
