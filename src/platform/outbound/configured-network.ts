/** How connections of this process are made: the settings `network.*`, else the usual variables for proxies. */
import { readFileSync } from 'node:fs';

import type { NetworkOptions, ProxyOptions } from '#engines/transfer';
import { KuraError, systemCode } from '#kernel/errors';
import type { Config, Environment } from '#platform/config';

/** This machine is no proxy's business, as most programs that know these variables see it. */
const THIS_MACHINE = 'localhost,127.0.0.1,[::1]';

/** @throws KuraError invalid `outbound.ca-unreadable`, `outbound.proxy-unusable` */
export function configuredNetwork(network: Config['network'], environment: Environment): NetworkOptions {
  return {
    ca: network.caFile === undefined ? undefined : readAuthorities(network.caFile),
    family: ({ any: undefined, ipv4: 4, ipv6: 6 } as const)[network.addressFamily],
    proxy: proxyOf(network, environment),
  };
}

/** PEM text of the file. @throws KuraError invalid `outbound.ca-unreadable` */
export function readAuthorities(path: string): string {
  const text = contentOf(path);
  if (!text.includes('-----BEGIN CERTIFICATE-----')) throw unreadable(path, 'no -----BEGIN CERTIFICATE-----');
  return text;
}

function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw unreadable(path, systemCode(error) ?? String(error));
  }
}

function unreadable(path: string, reason: string): KuraError {
  return new KuraError('invalid', 'outbound.ca-unreadable', { params: { path, reason } });
}

function proxyOf({ proxy, noProxy }: Config['network'], environment: Environment): ProxyOptions | undefined {
  if (proxy === 'none') return undefined;
  if (proxy !== undefined) return { https: proxy, http: proxy, except: noProxy };
  const https = variable('HTTPS_PROXY', environment);
  const http = variable('HTTP_PROXY', environment);
  if (https === undefined && http === undefined) return undefined;
  const except = [noProxy ?? variable('NO_PROXY', environment), THIS_MACHINE].filter(Boolean).join(',');
  return { https, http, except };
}

/** Lower case wins, as with curl and wget; an empty one counts as none. `host:port` is an HTTP proxy. */
function variable(name: string, environment: Environment): string | undefined {
  const value = environment[name.toLowerCase()] ?? environment[name];
  if (value === undefined || value === '' || name === 'NO_PROXY') return value === '' ? undefined : value;
  const address = value.includes('://') ? value : `http://${value}`;
  if (URL.canParse(address) && /^https?:/i.test(address)) return address;
  throw new KuraError('invalid', 'outbound.proxy-unusable', { params: { variable: name } });
}
