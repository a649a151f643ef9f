/**
 * Which addresses a login provider may have (P-055): like a directory it often stands in a private network and is named by
 * the machine's own configuration. TLS always, but to this very machine where the configuration says so.
 */
import { isIP } from 'node:net';

import { KuraError } from '#kernel/errors';

import { createDirectoryEgress } from './directory-egress.ts';
import type { EgressPolicy } from './egress-policy.ts';

export function createProviderEgress(issuer: URL): EgressPolicy {
  const addresses = createDirectoryEgress([bareHost(issuer.hostname)]);
  return {
    checkUrl(url) {
      const host = bareHost(url.hostname);
      const isPlainIssuer = issuer.protocol === 'http:' && url.origin === issuer.origin;
      if (url.protocol !== 'https:' && !isPlainIssuer) {
        throw new KuraError('refused', 'outbound.refused', { params: { target: url.origin } });
      }
      if (isIP(host) !== 0) addresses.checkAddress(host, host);
    },
    checkAddress: (address, { hostname }) => addresses.checkAddress(address, bareHost(hostname)),
  };
}

function bareHost(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}
