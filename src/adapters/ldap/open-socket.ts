/**
 * The wire to a directory server: address checked after DNS, time-out, TLS with verified certificate. Made here and not in
 * the LDAP library, so that nothing said before the handshake of StartTLS can be taken for an answer after it.
 */
import { once } from 'node:events';
import { isIP, type Socket } from 'node:net';
import { connect as connectTls, type PeerCertificate, type TLSSocket } from 'node:tls';

import { isKuraError, KuraError, systemCode } from '#kernel/errors';
import { SECOND } from '#kernel/units';
import { connectChecked, type DirectoryEgress } from '#platform/outbound';

import type { LdapServer } from './ldap-server.ts';
import { startTls } from './start-tls.ts';

export interface WireOptions {
  readonly ca: string | undefined;
  readonly timeoutMs: number;
  readonly egress: DirectoryEgress;
  readonly signal: AbortSignal;
  /** `look`: a certificate nobody vouches for is accepted too, to say what is wrong with it; nothing is sent over it. */
  readonly verify?: 'always' | 'look';
}

export interface TlsFacts {
  readonly protocol: string;
  readonly subject: string;
  readonly issuer: string;
  /** Names and addresses the certificate is for. */
  readonly names: string;
  /** Milliseconds since 1970. */
  readonly endsAt: number;
}

export interface Wire {
  readonly socket: Socket;
  /** Undefined without TLS. */
  readonly tls: TlsFacts | undefined;
}

/**
 * @throws KuraError unavailable `ldap.unreachable`, `ldap.timeout`, `ldap.tls-failed`, `ldap.start-tls-refused`,
 * `ldap.certificate-…`; refused `outbound.refused`; the signal's reason
 */
export async function openSocket(server: LdapServer, options: WireOptions): Promise<Wire> {
  const { signal, timeoutMs } = options;
  signal.throwIfAborted();
  const deadline = AbortSignal.timeout(timeoutMs);
  const either = AbortSignal.any([signal, deadline]);
  try {
    const socket = await connected(server, options.egress, either);
    if (server.protection === 'none') return { socket, tls: undefined };
    return await destroyedOnFailure(socket, async () => {
      if (server.protection === 'starttls') await startTls(server, socket, either);
      return secured(server, socket, options, either);
    });
  } catch (error) {
    signal.throwIfAborted();
    if (deadline.aborted) throw timedOut(server, timeoutMs);
    throw translated(server, error);
  }
}

export function timedOut(server: LdapServer, timeoutMs: number): KuraError {
  const params = { server: server.url, seconds: Math.ceil(timeoutMs / SECOND) };
  return new KuraError('unavailable', 'ldap.timeout', { params });
}

async function connected(server: LdapServer, egress: DirectoryEgress, signal: AbortSignal): Promise<Socket> {
  const { host, port } = server;
  const socket = await connectChecked({ host, port, egress }, signal);
  socket.setNoDelay(true);
  return socket;
}

async function secured(server: LdapServer, raw: Socket, options: WireOptions, signal: AbortSignal): Promise<Wire> {
  const { ca, verify = 'always' } = options;
  const socket = connectTls({
    socket: raw,
    host: server.host,
    minVersion: 'TLSv1.2',
    rejectUnauthorized: verify === 'always',
    ...(isIP(server.host) === 0 ? { servername: server.host } : {}),
    ...(ca === undefined ? {} : { ca }),
  });
  await destroyedOnFailure(socket, () => once(socket, 'secureConnect', { signal }));
  socket.on('error', () => undefined);
  return { socket, tls: factsOf(socket) };
}

function factsOf(socket: TLSSocket): TlsFacts {
  const certificate: Partial<PeerCertificate> = socket.getPeerCertificate();
  return {
    protocol: socket.getProtocol() ?? '',
    subject: nameOf(certificate.subject),
    issuer: nameOf(certificate.issuer),
    names: certificate.subjectaltname ?? '',
    endsAt: Date.parse(certificate.valid_to ?? ''),
  };
}

function nameOf(name: Partial<PeerCertificate['subject']> | undefined): string {
  return [name?.CN ?? name?.O ?? ''].flat().join(' ');
}

async function destroyedOnFailure<T>(socket: Socket, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    socket.on('error', () => undefined);
    socket.destroy();
    throw error;
  }
}

const unknownAuthority = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_SIGNATURE_FAILURE',
]);

function translated(server: LdapServer, error: unknown): KuraError {
  if (isKuraError(error)) return error;
  const reason = systemCode(error) ?? (error instanceof Error ? error.message : String(error));
  const params = { server: server.url, host: server.host, reason };
  return new KuraError('unavailable', codeOf(reason), { params, cause: error });
}

function codeOf(reason: string): string {
  if (reason === 'CERT_HAS_EXPIRED' || reason === 'CERT_NOT_YET_VALID') return 'ldap.certificate-expired';
  if (reason === 'ERR_TLS_CERT_ALTNAME_INVALID') return 'ldap.certificate-wrong-name';
  if (unknownAuthority.has(reason)) return 'ldap.certificate-unknown-authority';
  return /^ERR_(SSL|TLS)_|^EPROTO$|^CERT_|disconnected before secure/i.test(reason)
    ? 'ldap.tls-failed'
    : 'ldap.unreachable';
}
