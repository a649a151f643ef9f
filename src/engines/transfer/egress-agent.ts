/** An agent of undici's that shows every resolved address to the caller's policy before it is used. */
import { Agent, type Dispatcher } from 'undici';

import { CONNECT_TIMEOUT_MS, checkedLookup } from './checked-lookup.ts';
import type { EgressPolicy } from './egress-policy.ts';
import { type NetworkOptions, trustedAuthorities, usesProxy } from './network-options.ts';
import { ProxiedAgent } from './proxied-agent.ts';

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

function familyOf({ family }: NetworkOptions) {
  return family === undefined ? {} : { family, autoSelectFamily: false };
}
