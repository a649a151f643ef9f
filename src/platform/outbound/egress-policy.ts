/**
 * Which addresses outgoing requests may reach (P-055). Private, loopback and link-local ranges are refused unless the
 * configuration names such a host itself; checked for literal addresses and again for what a name resolves to.
 */
import { BlockList, isIP } from 'node:net';

import { KuraError } from '#kernel/errors';

export interface EgressPolicy {
  /** @throws KuraError refused `outbound.refused` for schemes and literal addresses that are not allowed */
  checkUrl(url: URL): void;
  /** @throws KuraError refused `outbound.refused` for an address a name resolved to */
  checkAddress(address: string, url: { readonly hostname: string }): void;
}

const privateRanges = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const) {
  privateRanges.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  ['::', 127],
  ['64:ff9b:1::', 48],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  privateRanges.addSubnet(network, prefix, 'ipv6');
}

/** @param trusted URLs the configuration names; when one of them is private itself, private addresses are allowed. */
export function createEgressPolicy(trusted: readonly URL[]): EgressPolicy {
  const allowPrivate = trusted.some((url) => isPrivateHost(url.hostname));
  function refuse(target: string): never {
    throw new KuraError('refused', 'outbound.refused', { params: { target } });
  }
  return {
    checkUrl(url) {
      if (url.protocol !== 'https:' && !(url.protocol === 'http:' && (allowPrivate || isTrusted(url, trusted))))
        refuse(url.origin);
      if (!allowPrivate && isPrivateHost(url.hostname)) refuse(url.host);
    },
    checkAddress(address, { hostname }) {
      if (!allowPrivate && isPrivateAddress(address)) refuse(`${hostname} (${address})`);
    },
  };
}

/** Everything is allowed: for URLs the person at the keyboard typed. */
export const openEgress: EgressPolicy = {
  checkUrl(url) {
    if (url.protocol !== 'https:' && url.protocol !== 'http:') {
      throw new KuraError('refused', 'outbound.refused', { params: { target: url.protocol } });
    }
  },
  checkAddress: () => undefined,
};

function isPrivateAddress(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  const plain = mapped ?? address;
  return privateRanges.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4');
}

function isPrivateHost(hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, '');
  if (isIP(bare) !== 0) return isPrivateAddress(bare);
  return bare === 'localhost' || bare.endsWith('.localhost');
}

function isTrusted(url: URL, trusted: readonly URL[]): boolean {
  return trusted.some((one) => one.origin === url.origin);
}
