/** One login at an SFTP server whose host key is known. */
import { createHash } from 'node:crypto';

import { Client, type ConnectConfig, type SFTPWrapper } from 'ssh2';

import { storageRefused, storageUnreachable } from '#engines/vault';
import { isKuraError, KuraError } from '#kernel/errors';
import { SECOND } from '#kernel/units';
import { type EgressPolicy, openConnection } from '#platform/outbound';

import type { SftpPlace } from './sftp-place.ts';

export interface SftpCredentials {
  readonly password?: string | undefined;
  /** PEM or OpenSSH format. */
  readonly privateKey?: string | undefined;
  /** Of the private key. */
  readonly passphrase?: string | undefined;
  /** Socket of an SSH agent. */
  readonly agent?: string | undefined;
}

export interface SftpDeps {
  readonly place: SftpPlace;
  readonly credentials: SftpCredentials;
  readonly egress: EgressPolicy;
}

export interface SftpConnection extends Disposable {
  readonly sftp: SFTPWrapper;
  /** True when nothing can be asked over it any more. */
  isOver(): boolean;
  /** Rejects when the connection ends: what was asked may never be answered then. */
  readonly lost: Promise<never>;
}

const READY_TIMEOUT_MS = 30 * SECOND;
/** A server that is silent four times is gone. */
const KEEPALIVE = { keepaliveInterval: 15 * SECOND, keepaliveCountMax: 4 };

/**
 * @throws KuraError refused `sftp.host-key-unknown`, `sftp.host-key-changed`, `outbound.refused`; forbidden
 * `vault.storage-refused`; unavailable `vault.storage-unreachable`; invalid `sftp.private-key`
 */
export async function openSftp(
  { place, credentials, egress }: SftpDeps,
  signal?: AbortSignal,
): Promise<SftpConnection> {
  const sock = await reached(place, openConnection({ host: place.host, port: place.port, egress, signal }));
  const client = new Client();
  let isOver = false;
  const lost = Promise.withResolvers<never>();
  lost.promise.catch(() => undefined);
  client.on('close', () => {
    isOver = true;
    lost.reject(new Error('connection lost'));
  });
  // The failures of requests are told to who asked.
  client.on('error', () => undefined);
  let distrust: KuraError | undefined;
  function hostVerifier(key: Buffer): boolean {
    distrust = distrustOf(place, key);
    return distrust === undefined;
  }
  try {
    await ready(
      client,
      { ...loginOf(place, credentials), ...KEEPALIVE, sock, readyTimeout: READY_TIMEOUT_MS, hostVerifier },
      signal,
    );
    const sftp = await subsystem(client);
    return { sftp, isOver: () => isOver, lost: lost.promise, [Symbol.dispose]: () => client.destroy() };
  } catch (error) {
    client.destroy();
    sock.destroy();
    signal?.throwIfAborted();
    throw distrust ?? failureOf(place, error);
  }
}

function loginOf(place: SftpPlace, { password, privateKey, passphrase, agent }: SftpCredentials): ConnectConfig {
  return {
    username: place.user,
    ...(password === undefined ? {} : { password }),
    ...(privateKey === undefined ? {} : { privateKey }),
    ...(passphrase === undefined ? {} : { passphrase }),
    ...(agent === undefined ? {} : { agent }),
  };
}

function ready(client: Client, config: ConnectConfig, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    function onAbort(): void {
      reject(signal?.reason);
    }
    signal?.addEventListener('abort', onAbort, { once: true });
    client.once('ready', () => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    });
    client.once('error', reject);
    client.once('close', () => reject(new Error('closed')));
    client.connect(config);
  });
}

function subsystem(client: Client): Promise<SFTPWrapper> {
  return new Promise((resolve, reject) => {
    client.sftp((error, sftp) => {
      if (error === undefined || error === null) resolve(sftp);
      else reject(error);
    });
  });
}

function distrustOf({ host, port, hostKeys }: SftpPlace, key: Buffer): KuraError | undefined {
  const seen = `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
  if (hostKeys.includes(seen)) return undefined;
  const params = { host: `${host}:${port}`, seen };
  return hostKeys.length === 0
    ? new KuraError('refused', 'sftp.host-key-unknown', { params })
    : new KuraError('refused', 'sftp.host-key-changed', { params: { ...params, expected: hostKeys.join(', ') } });
}

async function reached<T>({ location }: SftpPlace, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!isKuraError(error) || error.code !== 'outbound.unreachable') throw error;
    throw storageUnreachable({ location, cause: error }, String(error.params['reason']));
  }
}

function failureOf({ location }: SftpPlace, error: unknown): KuraError {
  if (isKuraError(error)) return error;
  const text = error instanceof Error ? error.message : String(error);
  const level = error instanceof Error && 'level' in error ? error.level : undefined;
  if (level === 'client-authentication') return storageRefused({ location, cause: error }, 'login');
  if (/cannot parse privatekey/i.test(text))
    return new KuraError('invalid', 'sftp.private-key', { params: { location }, cause: error });
  if (/unable to start subsystem|channel open failure/i.test(text))
    return storageRefused({ location, cause: error }, 'no SFTP');
  return storageUnreachable({ location, cause: error }, text);
}
