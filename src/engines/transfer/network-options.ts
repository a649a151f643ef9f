/** How connections are made, apart from where to: through whom, trusting whom, over which protocol, from where. */
import { getCACertificates } from 'node:tls';

export interface NetworkOptions {
  /** PEM text of authorities that are trusted besides the usual ones: a house's own, a proxy that looks inside TLS. */
  readonly ca?: string | undefined;
  /** Only IPv4 (4) or only IPv6 (6); default: whichever answers first (RFC 8305). */
  readonly family?: 4 | 6 | undefined;
  /** HTTP proxy for every address that it does not except; it looks names up itself. */
  readonly proxy?: ProxyOptions | undefined;
  /** Own address to connect from. */
  readonly localAddress?: string | undefined;
}

export interface ProxyOptions {
  /** For `https:` addresses, e.g. `http://user:secret@proxy.example:3128`. */
  readonly https?: string | undefined;
  /** For `http:` addresses, and for `https:` ones where that is not given. */
  readonly http?: string | undefined;
  /** Hosts that are reached without it, as in NO_PROXY: `example.org,.example.net,localhost:8080,*`. */
  readonly except?: string | undefined;
}

/** Undefined = the usual authorities. Given ones are added to them: to replace them would cut off every other site. */
export function trustedAuthorities({ ca }: NetworkOptions): string[] | undefined {
  return ca === undefined ? undefined : [...getCACertificates('default'), ca];
}

/** Whether any address goes through a proxy. */
export function usesProxy({ proxy }: NetworkOptions): boolean {
  return proxy?.https !== undefined || proxy?.http !== undefined;
}
