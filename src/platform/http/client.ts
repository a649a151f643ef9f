/** From where a request comes. Forwarding headers count only when a trusted proxy wrote them (P-037). */
import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';

import { addressList, withoutMapping } from '#platform/access';

export interface Client {
  /** IP address; undefined when the peer is gone or was no IP socket. */
  readonly address: string | undefined;
  /** Whether the browser speaks TLS, to us or to a trusted proxy. */
  readonly secure: boolean;
  /** Host and port as the browser knows them. */
  readonly host: string | undefined;
  readonly userAgent: string | undefined;
}

export interface Peer {
  readonly address: string | undefined;
  readonly encrypted: boolean;
  readonly headers: IncomingHttpHeaders;
}

export type ClientReader = (peer: Peer) => Client;

/** @throws RangeError for a proxy that is no address or network */
export function createClientReader(trustedProxies: readonly string[]): ClientReader {
  const trusted = addressList(trustedProxies);
  return ({ address: peer, encrypted, headers }) => {
    const direct = peer === undefined ? undefined : withoutMapping(peer);
    const own = { host: headers.host, userAgent: headers['user-agent'] };
    if (direct === undefined || !trusted.has(direct)) return { address: direct, secure: encrypted, ...own };
    const proto = lastOf(headers['x-forwarded-proto']);
    return {
      ...own,
      address: nearestUntrusted(hopsOf(headers['x-forwarded-for']), (one) => trusted.has(one)) ?? direct,
      secure: proto === undefined ? encrypted : proto === 'https',
      host: lastOf(headers['x-forwarded-host']) ?? headers.host,
    };
  };
}

/** Proxies append on the right, so what stands left of the first foreign hop was written by anybody. */
function nearestUntrusted(hops: readonly string[], isTrusted: (address: string) => boolean): string | undefined {
  const outermost = hops.findLast((hop) => !isTrusted(hop)) ?? hops[0];
  return outermost !== undefined && isIP(outermost) !== 0 ? outermost : undefined;
}

function hopsOf(header: string | readonly string[] | undefined): readonly string[] {
  return [header ?? []]
    .flat()
    .flatMap((line) => line.split(','))
    .map((hop) => withoutMapping(hop.trim()))
    .filter((hop) => hop !== '');
}

function lastOf(header: string | readonly string[] | undefined): string | undefined {
  return hopsOf(header).at(-1);
}
