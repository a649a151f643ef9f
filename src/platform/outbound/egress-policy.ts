/**
 * Which addresses outgoing requests may reach (P-055). This machine and private networks are refused unless the
 * configuration names a place there itself, metadata services and the like in any case; checked for addresses that a URL
 * spells out, on each redirect, and again for what a name resolves to.
 */
import { isIP } from 'node:net';

import { KuraError } from '#kernel/errors';

import { type AddressKind, addressKind } from './address-kind.ts';

export interface EgressPolicy {
  /** @throws KuraError refused `outbound.refused` for schemes and literal addresses that are not allowed */
  checkUrl(url: URL): void;
  /** @throws KuraError refused `outbound.refused` for an address a name resolved to */
  checkAddress(address: string, url: { readonly hostname: string }): void;
}

/**
 * @param trusted URLs the configuration names; one on this machine allows this machine, one in a private network allows
 * private networks. What they say themselves is never in doubt.
 */
export function createEgressPolicy(trusted: readonly URL[]): EgressPolicy {
  const allowed = new Set<AddressKind>(['public', ...trusted.map((url) => hostKind(url.hostname))]);
  allowed.delete('never');
  const named = new Set(trusted.map((url) => bareHost(url.hostname)));
  function refuse(target: string): never {
    throw new KuraError('refused', 'outbound.refused', { params: { target } });
  }
  function mayReach(kind: AddressKind, host: string): boolean {
    return allowed.has(kind) || (isIP(host) !== 0 && named.has(host));
  }
  return {
    checkUrl(url) {
      const kind = hostKind(url.hostname);
      const plainIsFine = isTrusted(url, trusted) || (kind !== 'public' && allowed.has(kind));
      if (url.protocol !== 'https:' && !(url.protocol === 'http:' && plainIsFine)) refuse(url.origin);
      if (!mayReach(kind, bareHost(url.hostname))) refuse(url.host);
    },
    checkAddress(address, { hostname }) {
      if (!mayReach(addressKind(address), address)) refuse(`${hostname} (${address})`);
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

/** What a host leads to as far as its name says; the address of any other name is looked at when it is known. */
function hostKind(hostname: string): AddressKind {
  const host = bareHost(hostname);
  if (isIP(host) !== 0) return addressKind(host);
  if (host === 'localhost' || host.endsWith('.localhost')) return 'this-machine';
  // Names that no public server can have: RFC 6762, RFC 8375, and what ICANN keeps free for private use.
  return !host.includes('.') || /\.(?:local|internal|lan|home\.arpa)$/.test(host) ? 'house' : 'public';
}

function bareHost(hostname: string): string {
  // `localhost.` is `localhost`; more dots are no name at all.
  return hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}

function isTrusted(url: URL, trusted: readonly URL[]): boolean {
  return trusted.some((one) => one.origin === url.origin);
}
