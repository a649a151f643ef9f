/** Hands messages to a syslog server: UDP (RFC 5426), TCP (RFC 6587, octet counting) or TLS (RFC 5425). */
import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

import { isKuraError, KuraError } from '#kernel/errors';
import { SECOND } from '#kernel/units';
import type { LogReceiver } from '#platform/audit';
import { connectChecked, createDirectoryEgress } from '#platform/outbound';

export interface SyslogAddress {
  readonly protocol: 'udp' | 'tcp' | 'tls';
  readonly host: string;
  readonly port: number;
}

export interface SyslogOptions extends SyslogAddress {
  /** Certificates of the authorities that vouch for the server, PEM; those of the system unless given. */
  readonly ca?: string | undefined;
}

const timeoutMs = 10 * SECOND;

/** Connects with the first message, and again after the connection has broken. */
export function createSyslogReceiver(options: SyslogOptions): LogReceiver {
  return options.protocol === 'udp' ? overUdp(options) : overStream(options);
}

function overUdp({ host, port }: SyslogOptions): LogReceiver {
  const egress = createDirectoryEgress([host]);
  return {
    async send(messages) {
      // One for each batch: the name is looked up anew, and nothing stays open in between.
      const isV6 = host.includes(':');
      const socket = createSocket(isV6 ? 'udp6' : 'udp4');
      try {
        const { address } = await lookup(host, { family: isV6 ? 6 : 4 });
        egress.checkAddress(address, host);
        for (const message of messages) {
          const { promise, resolve, reject } = Promise.withResolvers<void>();
          socket.send(message, port, address, (error) => (error === null ? resolve() : reject(error)));
          await promise;
        }
      } catch (error) {
        throw unreachable(host, error);
      } finally {
        socket.close();
      }
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}

function overStream(options: SyslogOptions): LogReceiver {
  const egress = createDirectoryEgress([options.host]);
  let open: Socket | undefined;
  /** Nobody confirms anything: what was written last may have been on its way when the connection broke. */
  let last: readonly string[] = [];
  async function connection(signal: AbortSignal): Promise<Socket> {
    if (open?.writable === true) return open;
    const { host, port, ca, protocol } = options;
    const patience = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    const plain = await connectChecked({ host, port, egress }, patience);
    plain.setKeepAlive(true);
    const name = isIP(host) === 0 ? { servername: host } : {};
    const secure = {
      socket: plain,
      host,
      ...name,
      ...(ca === undefined ? {} : { ca }),
      minVersion: 'TLSv1.2',
    } as const;
    const socket = protocol === 'tls' ? connectTls(secure) : plain;
    // A receiver says nothing; without listeners a broken connection would end the process.
    socket.on('error', () => undefined).resume();
    try {
      if (protocol === 'tls') await once(socket, 'secureConnect', { signal: patience });
    } catch (error) {
      socket.destroy();
      throw error;
    }
    open = socket;
    return socket;
  }

  return {
    async send(messages, signal) {
      try {
        const before = open;
        const socket = await connection(signal);
        const sent = socket === before ? messages : [...last, ...messages];
        const framed = sent.map((message) => `${Buffer.byteLength(message)} ${message}`).join('');
        const { promise, resolve, reject } = Promise.withResolvers<void>();
        socket.write(framed, (error) => (error === null || error === undefined ? resolve() : reject(error)));
        await promise;
        last = messages;
      } catch (error) {
        open?.destroy();
        open = undefined;
        throw unreachable(options.host, error);
      }
    },
    async [Symbol.asyncDispose]() {
      open?.end();
      open = undefined;
    },
  };
}

function unreachable(host: string, error: unknown): KuraError {
  if (isKuraError(error)) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new KuraError('unavailable', 'audit.receiver-unreachable', { params: { host, reason }, cause: error });
}
