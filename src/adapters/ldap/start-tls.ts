/** StartTLS (RFC 4511 §4.14): one question, one answer, and not a byte more before the handshake. */
import { once } from 'node:events';
import type { Socket } from 'node:net';

import { BerReader } from 'ldapts';

import { KuraError } from '#kernel/errors';

import type { LdapServer } from './ldap-server.ts';

const oid = Buffer.from('1.3.6.1.4.1.1466.20037');
/** LDAPMessage 1, ExtendedRequest, requestName. */
const request = Buffer.concat([Buffer.from([0x30, 0x1d, 2, 1, 1, 0x77, 0x18, 0x80, 0x16]), oid]);
const responseTag = 0x78;
const longestAnswer = 1024;

/** @throws KuraError unavailable `ldap.start-tls-refused` */
export async function startTls(server: LdapServer, socket: Socket, signal: AbortSignal): Promise<void> {
  socket.write(request);
  const answer = await oneMessage(server, socket, signal);
  const result = resultOf(answer);
  if (result !== 0) throw refused(server, result === undefined ? 'answer not understood' : `result ${result}`);
}

async function oneMessage(server: LdapServer, socket: Socket, signal: AbortSignal): Promise<Buffer> {
  let bytes = Buffer.alloc(0);
  while (lengthOf(bytes) === undefined || bytes.length < (lengthOf(bytes) ?? 0)) {
    const [chunk]: unknown[] = await Promise.race([
      once(socket, 'data', { signal }),
      once(socket, 'close', { signal }).then(() => [undefined]),
    ]);
    socket.pause();
    if (!Buffer.isBuffer(chunk)) throw refused(server, 'connection closed');
    bytes = Buffer.concat([bytes, chunk]);
    if (bytes.length > longestAnswer) throw refused(server, 'answer too long');
  }
  // Whatever follows was said by somebody who could not have known the handshake.
  if (bytes.length !== lengthOf(bytes)) throw refused(server, 'data before the handshake');
  return bytes;
}

/** Bytes of the whole message that begins here; undefined while its head is incomplete. */
function lengthOf(bytes: Buffer): number | undefined {
  const first = bytes[1];
  if (first === undefined) return undefined;
  if (first < 0x80) return 2 + first;
  const more = first & 0x7f;
  return bytes.length < 2 + more || more > 4 ? undefined : 2 + more + bytes.readUIntBE(2, Math.max(1, more));
}

function resultOf(bytes: Buffer): number | undefined {
  const reader = new BerReader(bytes);
  if (reader.readSequence() !== 0x30 || reader.readInt() !== 1) return undefined;
  return reader.readSequence() === responseTag ? (reader.readEnumeration() ?? undefined) : undefined;
}

function refused(server: LdapServer, reason: string): KuraError {
  return new KuraError('unavailable', 'ldap.start-tls-refused', { params: { server: server.url, reason } });
}
