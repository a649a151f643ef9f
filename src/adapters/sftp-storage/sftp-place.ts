/** Where a repository lies on an SFTP server, from its address. */
import { KuraError } from '#kernel/errors';

export interface SftpPlace {
  /** For people, and what logins are found by: without anything secret. */
  readonly location: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Absolute, or relative to the login's own folder. */
  readonly folder: string;
  /** Fingerprints, `SHA256:…` as OpenSSH prints them, of the host keys that are trusted. */
  readonly hostKeys: readonly string[];
}

/**
 * `sftp://user@host[:port]/absolute/path?host-key=SHA256:…`; `/~/path` lies in the login's own folder. Several keys are
 * joined by commas.
 * @throws KuraError invalid `sftp.address`
 */
export function sftpPlace(address: string): SftpPlace {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isPlain =
    url?.protocol === 'sftp:' && url.hostname !== '' && url.username !== '' && url.password === '' && url.hash === '';
  if (url === undefined || !isPlain) throw badAddress(address);
  const { 'host-key': hostKey, ...others } = Object.fromEntries(url.searchParams);
  // A plus is part of a fingerprint; in a query it means a space.
  const hostKeys = (hostKey ?? '').split(',').map((key) => key.trim().replaceAll(' ', '+').replace(/=+$/, ''));
  const given = hostKeys.filter((key) => key !== '');
  if (Object.keys(others).length > 0 || given.some((key) => !/^SHA256:[A-Za-z0-9+/]{43}$/.test(key))) {
    throw badAddress(address);
  }
  const path = decodeURIComponent(url.pathname).replace(/\/+$/, '');
  if (path === '' || path.split('/').some((part) => part === '..' || part === '.')) throw badAddress(address);
  const user = decodeURIComponent(url.username);
  return {
    location: `sftp://${url.username}@${url.host}${url.pathname.replace(/\/+$/, '')}`,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || 22),
    user,
    folder: path.startsWith('/~/') ? path.slice(3) : path,
    hostKeys: given,
  };
}

function badAddress(address: string): KuraError {
  // A password that was put there must not be repeated.
  return new KuraError('invalid', 'sftp.address', { params: { address: address.replace(/:[^:@/]*@/, '@') } });
}
