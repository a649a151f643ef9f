/** Hands messages to a syslog server: UDP (RFC 5426), TCP (RFC 6587, octet counting) or TLS (RFC 5425). */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

import { KuraError } from '#kernel/errors';
import { SECOND } from '#kernel/units';
import type { LogReceiver } from '#platform/audit';

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
  return {
    async send(messages) {
      // One for each batch: the name is looked up anew, and nothing stays open in between.
      const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
      try {
        for (const message of messages) {
          const { promise, resolve, reject } = Promise.withResolvers<void>();
          socket.send(message, port, host, (error) => (error === null ? resolve() : reject(error)));
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
  let open: Socket | undefined;
  /** Nobody confirms anything: what was written last may have been on its way when the connection broke. */
  let last: readonly string[] = [];
  async function connection(signal: AbortSignal): Promise<Socket> {
    if (open?.writable === true) return open;
    const { host, port, ca, protocol } = options;
    const address = { host, port, timeout: timeoutMs, keepAlive: true };
    const secure = { ...address, ...(ca === undefined ? {} : { ca }), minVersion: 'TLSv1.2' } as const;
    const socket = protocol === 'tls' ? connectTls(secure) : connectTcp(address);
    // A receiver says nothing; without listeners a broken connection would end the process.
    socket.on('error', () => undefined).resume();
    socket.once('timeout', () => socket.destroy(new Error('it does not answer')));
    const ready = protocol === 'tls' ? 'secureConnect' : 'connect';
    try {
      await once(socket, ready, { signal });
    } catch (error) {
      socket.destroy();
      throw error;
    }
    socket.setTimeout(0);
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
  const reason = error instanceof Error ? error.message : String(error);
  return new KuraError('unavailable', 'audit.receiver-unreachable', { params: { host, reason }, cause: error });
}
