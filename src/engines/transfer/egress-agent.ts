/** HTTP connections of one transfer, with every resolved address shown to the caller's policy before it is used. */
import { type LookupAddress, lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent } from 'undici';
import { SECOND } from '#kernel/units';

import type { EgressPolicy } from './transfer-request.ts';

const CONNECT_TIMEOUT_MS = 15 * SECOND;

export function createEgressAgent(connections: number, egress: EgressPolicy | undefined): Agent {
  return new Agent({
    connections,
    pipelining: 1,
    // Ranges over one multiplexed HTTP/2 session would share one congestion window: that is one connection.
    allowH2: false,
    connect: { timeout: CONNECT_TIMEOUT_MS, lookup: checkedLookup(egress) },
  });
}

/** Shows the policy an address before anything is sent; a host given as an address never reaches the look-up. */
export async function checkEgress(url: URL, egress: EgressPolicy | undefined): Promise<void> {
  await egress?.checkUrl(url);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0) egress?.checkAddress?.(host, url);
}

/** All addresses of the name must pass: which of them is connected to is not decided here (RFC 8305). */
function checkedLookup(egress: EgressPolicy | undefined): LookupFunction {
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
