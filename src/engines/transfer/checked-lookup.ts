/** Every address is shown to the caller's policy before anything is sent to it. */
import { type LookupAddress, lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';

import { SECOND } from '#kernel/units';

import type { EgressPolicy } from './egress-policy.ts';

export const CONNECT_TIMEOUT_MS = 15 * SECOND;

/** Shows the policy an address before anything is sent; a host given as an address never reaches the look-up. */
export async function checkEgress(url: URL, egress: EgressPolicy | undefined): Promise<void> {
  await egress?.checkUrl(url);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0) egress?.checkAddress?.(host, url);
}

/** All addresses of the name must pass: which of them is connected to is not decided here (RFC 8305). */
export function checkedLookup(egress: EgressPolicy | undefined): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      const failure = error ?? refusalOf(hostname, addresses, egress);
      const [first] = addresses ?? [];
      if (failure) callback(failure, []);
      else if (options.all) callback(null, addresses);
      else callback(null, first?.address ?? '', first?.family ?? 0);
    });
  };
}

function refusalOf(
  hostname: string,
  addresses: readonly LookupAddress[],
  egress: EgressPolicy | undefined,
): Error | undefined {
  try {
    for (const { address } of addresses) egress?.checkAddress?.(address, { hostname });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
