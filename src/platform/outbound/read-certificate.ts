/** The certificate a server shows, to say until when it holds: nothing is sent over the connection, nobody is believed. */
import { once } from 'node:events';
import { isIP } from 'node:net';
import { checkServerIdentity, connect as connectTls } from 'node:tls';

import { KuraError, systemCode } from '#kernel/errors';
import { SECOND } from '#kernel/units';

import { connectChecked } from './connect-checked.ts';
import type { EgressPolicy } from './egress-policy.ts';

export interface ShownCertificate {
  /** Milliseconds since 1970. */
  readonly endsAt: number;
  /** Whether it is for the name it was asked by. */
  readonly isForHost: boolean;
}

export interface CertificatePlace {
  /** As in a URL. */
  readonly host: string;
  readonly port: number;
  /** Asked about every address the name stands for, after DNS. */
  readonly egress: Pick<EgressPolicy, 'checkAddress'>;
}

const patienceMs = 4 * SECOND;

/** @throws KuraError unavailable `outbound.unreachable`, also for what the policy refuses; the signal's reason */
export async function readCertificate(
  { host, port, egress }: CertificatePlace,
  signal: AbortSignal,
): Promise<ShownCertificate> {
  signal.throwIfAborted();
  const either = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
  const name = host.replace(/^\[(.+)\]$/, '$1');
  const checked = { checkAddress: (address: string) => egress.checkAddress(address, { hostname: name }) };
  try {
    const raw = await connectChecked({ host: name, port, egress: checked }, either);
    const servername = isIP(name) === 0 ? { servername: name } : {};
    const socket = connectTls({ socket: raw, ...servername, rejectUnauthorized: false });
    try {
      await once(socket, 'secureConnect', { signal: either });
      const certificate = socket.getPeerCertificate();
      const isForHost = checkServerIdentity(name, certificate) === undefined;
      return { endsAt: Date.parse(certificate.valid_to), isForHost };
    } finally {
      socket.on('error', () => undefined);
      socket.destroy();
    }
  } catch (error) {
    signal.throwIfAborted();
    const reason = either.aborted ? 'ETIMEDOUT' : (systemCode(error) ?? String(error));
    throw new KuraError('unavailable', 'outbound.unreachable', {
      params: { host: `${host}:${port}`, reason },
      cause: error,
    });
  }
}
