/** HTTP connections of one transfer, with every resolved address shown to the caller's policy before it is used. */
import { type LookupAddress, lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, type Dispatcher } from 'undici';
import { SECOND } from '#kernel/units';
import type { EgressPolicy } from './egress-policy.ts';
import { type NetworkOptions, trustedAuthorities, usesProxy } from './network-options.ts';
import { ProxiedAgent } from './proxied-agent.ts';

export const CONNECT_TIMEOUT_MS = 15 * SECOND;

export interface EgressAgentOptions {
  /** Per origin; default: no limit. */
  readonly connections?: number | undefined;
  readonly egress: EgressPolicy | undefined;
  readonly network?: NetworkOptions | undefined;
}

/**
 * Addresses behind a proxy are looked up by the proxy, so the policy sees them only where a URL spells them out; the
 * proxy itself is the configuration's choice and may stand in a private network.
 */
export function createEgressAgent({ connections, egress, network = {} }: EgressAgentOptions): Dispatcher {
  const tls = { ca: trustedAuthorities(network), timeout: CONNECT_TIMEOUT_MS };
  const place = {
    ...familyOf(network),
    ...(network.localAddress !== undefined && { localAddress: network.localAddress }),
  };
  const options = {
    ...(connections !== undefined && { connections }),
    pipelining: 1,
    // Ranges over one multiplexed HTTP/2 session would share one congestion window: that is one connection.
    allowH2: false,
    connect: { ...tls, ...place, lookup: checkedLookup(egress) },
  };
  if (!usesProxy(network)) return new Agent(options);
  // An empty text keeps the agent from reading variables of the environment: those were read by the configuration.
  const { https = '', http = '', except = '' } = network.proxy ?? {};
  return new ProxiedAgent({
    ...options,
    httpsProxy: https,
    httpProxy: http,
    noProxy: except,
    requestTls: tls,
    proxyTls: { ...tls, ...place },
  });
}

/** Shows the policy an address before anything is sent; a host given as an address never reaches the look-up. */
export async function checkEgress(url: URL, egress: EgressPolicy | undefined): Promise<void> {
  await egress?.checkUrl(url);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0) egress?.checkAddress?.(host, url);
}

function familyOf({ family }: NetworkOptions) {
  return family === undefined ? {} : { family, autoSelectFamily: false };
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
