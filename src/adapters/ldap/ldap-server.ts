/** The address of one directory server, and how its wire is protected. */
import { isIP } from 'node:net';

import { KuraError } from '#kernel/errors';

export interface LdapServer {
  /** As configured. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  readonly protection: 'ldaps' | 'starttls' | 'none';
}

/** @throws KuraError invalid `ldap.address` */
export function ldapServer(address: string, plainLoopback: boolean): LdapServer {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isBare = url !== undefined && /^\/?$/.test(url.pathname) && url.search === '' && url.hash === '';
  const hasLogin = url !== undefined && `${url.username}${url.password}` !== '';
  if (url === undefined || !isBare || hasLogin || url.hostname === '' || !/^ldaps?:$/.test(url.protocol)) {
    throw new KuraError('invalid', 'ldap.address', { params: { address } });
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (url.protocol === 'ldaps:') return { url: address, host, port: Number(url.port || 636), protection: 'ldaps' };
  const protection = plainLoopback && isLoopback(host) ? 'none' : 'starttls';
  return { url: address, host, port: Number(url.port || 389), protection };
}

/** By address only: a name may be made to point elsewhere. */
function isLoopback(host: string): boolean {
  return (isIP(host) === 4 && host.startsWith('127.')) || host === '::1';
}
