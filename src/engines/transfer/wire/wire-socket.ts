/**
 * One HTTP/1.1 connection. It reads into memory handed out beforehand (`onread`), so that body bytes need no copy.
 *
 * The trap in that: a read that was announced lands in the memory handed out last, even if the reader has been stopped
 * or has moved on meanwhile, and TLS goes on delivering what it has decrypted. So memory of a reader is handed out only
 * while reading is on; at all other times a buffer of the connection's own is, and bytes are told apart by where they
 * landed.
 */
import { connect, isIP, type LookupFunction, type Socket, type SocketConstructorOpts } from 'node:net';
import { connect as connectTls, type SecureContext } from 'node:tls';
import { KIB, MINUTE } from '#kernel/units';

import { Exchange } from './exchange.ts';

export interface WireSocketOptions {
  readonly url: URL;
  readonly lookup: LookupFunction;
  readonly family?: 4 | 6 | undefined;
  readonly localAddress?: string | undefined;
  readonly secureContext: SecureContext | undefined;
  readonly timeoutMs: number;
}

const STRAY_BYTES = 64 * KIB;

export class WireSocket {
  /** Told once when the connection is gone. */
  onClose: (() => void) | undefined;
  readonly #socket: Socket;
  readonly #stray = Buffer.allocUnsafeSlow(STRAY_BYTES);
  #exchange: Exchange | undefined;
  #error: Error | undefined;

  private constructor(options: WireSocketOptions) {
    this.#socket = connectSocket(options, {
      buffer: () => this.#exchange?.place() ?? this.#stray,
      callback: (count, memory) => this.#received(count, memory),
    });
    this.#socket.setNoDelay(true).setKeepAlive(true, MINUTE);
    this.#socket.on('error', (error) => {
      this.#error = error;
    });
    this.#socket.on('end', () => this.#exchange?.ended(undefined));
    this.#socket.on('close', () => {
      this.#exchange?.ended(this.#error);
      this.onClose?.();
    });
  }

  /** Rejects with the system's error when there is no connection in time, or with the signal's reason. */
  static async open(options: WireSocketOptions, signal: AbortSignal): Promise<WireSocket> {
    signal.throwIfAborted();
    const line = new WireSocket(options);
    const socket = line.#socket;
    const opened = Promise.withResolvers<void>();
    const timer = setTimeout(() => socket.destroy(timedOut()), options.timeoutMs);
    function abort(): void {
      opened.reject(signal.reason);
    }
    signal.addEventListener('abort', abort, { once: true });
    socket.once(options.url.protocol === 'https:' ? 'secureConnect' : 'connect', () => opened.resolve());
    socket.once('error', (error) => opened.reject(error));
    socket.once('close', () => opened.reject(closedEarly()));
    try {
      await opened.promise;
      return line;
    } catch (error) {
      socket.destroy();
      throw error;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    }
  }

  /** Sends a request; `finished` hears when the answer has arrived to its last byte in good order. */
  send(head: string, finished: () => void): Exchange {
    const exchange = new Exchange({
      resume: () => this.#socket.resume(),
      finished: (isReusable) => {
        this.#exchange = undefined;
        if (isReusable) finished();
        else this.destroy();
      },
      destroy: () => this.destroy(),
    });
    this.#exchange = exchange;
    this.#socket.write(head, 'latin1');
    this.#socket.resume();
    return exchange;
  }

  /** While idle it keeps reading, to notice its end, but does not keep the process alive. */
  rest(): void {
    this.#socket.resume();
    this.#socket.unref();
  }

  wake(): void {
    this.#socket.ref();
  }

  get isOpen(): boolean {
    return !this.#socket.destroyed && this.#socket.readable && this.#socket.writable;
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #received(count: number, memory: Uint8Array): boolean {
    const exchange = this.#exchange;
    try {
      // Over, it is read on: that is how an idle connection notices its end.
      if (exchange && memory !== this.#stray) return exchange.landed(count) || exchange.isOver;
      if (exchange) return exchange.arrived(this.#stray.subarray(0, count)) || exchange.isOver;
    } catch (error) {
      exchange?.close(error instanceof Error ? error : new Error(String(error)));
    }
    // Bytes that nobody asked for, or that make no sense.
    this.destroy();
    return false;
  }
}

type OnRead = NonNullable<SocketConstructorOpts['onread']>;

function connectSocket(options: WireSocketOptions, onread: OnRead): Socket {
  const { url, lookup, family, localAddress, secureContext } = options;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isSecure = url.protocol === 'https:';
  const place = {
    host,
    port: url.port === '' ? defaultPort(isSecure) : Number(url.port),
    lookup,
    onread,
    ...(family !== undefined && { family, autoSelectFamily: false }),
    ...(localAddress !== undefined && { localAddress }),
  };
  if (!isSecure) return connect(place);
  // No ALPN: several HTTP/2 streams would share one congestion window.
  return connectTls({
    ...place,
    ...(isIP(host) === 0 && { servername: host }),
    ...(secureContext && { secureContext }),
  });
}

function defaultPort(isSecure: boolean): number {
  return isSecure ? 443 : 80;
}

function closedEarly(): Error {
  return Object.assign(new Error('closed before it was open'), { code: 'ECONNRESET' });
}

function timedOut(): Error {
  return Object.assign(new Error('no connection in time'), { code: 'ETIMEDOUT' });
}
