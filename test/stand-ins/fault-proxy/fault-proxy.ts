/**
 * A file server on a raw socket that does one thing wrong at a time, or several. It holds no file: content follows from
 * a seed. `/api/download/NAME` leads to a signed address that runs out; every other path is the file itself.
 */
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

import type { Ask, Behave } from './misbehaviour.ts';
import { type RawAsk, readAsks } from './read-asks.ts';
import type { SeededContent } from './seeded-content.ts';
import { sendAnswer } from './send-answer.ts';

export interface FaultProxyOptions {
  /** One file, or one for each last part of a path. */
  readonly content: SeededContent | ((name: string) => SeededContent);
  /** Default: well behaved. */
  readonly behave?: Behave;
  /** How long a signed address is good; default: for ever. */
  readonly signedForMs?: number;
  /** Origin of the signed addresses, default this one: another host must not see credentials. */
  readonly storageOrigin?: string;
  /** Answers beyond so many at a time are a 503, as nginx's limit_conn has it; or connections beyond are reset at once. */
  readonly connectionLimit?: { readonly count: number; readonly by: '503' | 'reset' };
  readonly tls?: { readonly key: string; readonly cert: string };
  /** The n-th connection is cut before it can say anything; with TLS that is within the handshake. */
  readonly cutHandshake?: (connection: number) => boolean;
  /** Default 127.0.0.1. */
  readonly host?: string;
}

export interface FaultProxy extends AsyncDisposable {
  readonly origin: string;
  /** Every request so far. */
  readonly asks: readonly Ask[];
  /** Body bytes of files handed to sockets so far. */
  readonly sentBytes: number;
  /** Most connections open at a time so far. */
  readonly peakConnections: number;
  count(route: Ask['route']): number;
}

export async function startFaultProxy(options: FaultProxyOptions): Promise<FaultProxy> {
  const host = options.host ?? '127.0.0.1';
  const serving = new Serving(options);
  const server = options.tls ? createTlsServer(options.tls) : createServer();
  // With TLS, 'connection' comes before the handshake and 'secureConnection' after it.
  server.on('connection', (socket: Socket) => serving.met(socket));
  server.on(options.tls ? 'secureConnection' : 'connection', (socket: Socket) => serving.serve(socket));
  server.on('tlsClientError', () => undefined);
  await listen(server, host);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  const origin = `${options.tls ? 'https' : 'http'}://${host}:${address.port}`;
  return {
    origin,
    asks: serving.asks,
    get sentBytes() {
      return serving.sentBytes;
    },
    get peakConnections() {
      return serving.peakConnections;
    },
    count: (route) => serving.asks.filter((ask) => ask.route === route).length,
    async [Symbol.asyncDispose]() {
      serving.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

function listen(server: Server, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, host, resolve);
  });
}

class Serving {
  readonly asks: Ask[] = [];
  sentBytes = 0;
  peakConnections = 0;
  readonly #options: FaultProxyOptions;
  readonly #open = new Set<Socket>();
  readonly #hits = { api: 0, file: 0 };
  #connections = 0;
  #answering = 0;
  #signatures = 0;

  constructor(options: FaultProxyOptions) {
    this.#options = options;
  }

  /** Before anything is said. */
  met(socket: Socket): void {
    socket.on('error', () => undefined);
    this.#connections += 1;
    if (this.#options.cutHandshake?.(this.#connections) === true) socket.destroy();
  }

  serve(socket: Socket): void {
    if (socket.destroyed) return;
    const connection = this.#connections;
    this.#open.add(socket);
    this.peakConnections = Math.max(this.peakConnections, this.#open.size);
    socket.on('error', () => undefined);
    socket.on('close', () => this.#open.delete(socket));
    socket.setNoDelay(true);
    const { connectionLimit } = this.#options;
    const isTooMany = connectionLimit?.by === 'reset' && this.#open.size > connectionLimit.count;
    if (isTooMany) socket.resetAndDestroy();
    else readAsks(socket, (ask) => this.#answer(socket, this.#note(ask, connection)));
  }

  close(): void {
    for (const socket of this.#open) socket.destroy();
  }

  #note(raw: RawAsk, connection: number): Ask {
    const route = raw.url.pathname.startsWith('/api/download/') ? 'api' : 'file';
    this.#hits[route] += 1;
    const signature = raw.url.searchParams.get('sig');
    const ask: Ask = {
      route,
      path: raw.url.pathname,
      query: raw.url.searchParams,
      range: raw.range,
      headers: raw.headers,
      hit: this.#hits[route],
      connection,
      signature: signature === null ? undefined : Number(signature),
    };
    this.asks.push(ask);
    return ask;
  }

  async #answer(socket: Socket, ask: Ask): Promise<boolean> {
    const { content, behave, connectionLimit } = this.#options;
    const name = ask.path.split('/').at(-1) ?? '';
    const isTooMany = connectionLimit?.by === '503' && this.#answering >= connectionLimit.count;
    this.#answering += 1;
    try {
      return await sendAnswer({
        socket,
        ask,
        content: typeof content === 'function' ? content(name) : content,
        wrong: isTooMany ? busy : { ...this.#usual(ask, name), ...behave?.(ask) },
        sent: (count) => {
          this.sentBytes += count;
        },
      });
    } finally {
      this.#answering -= 1;
    }
  }

  /** What the routes do of themselves. */
  #usual(ask: Ask, name: string): ReturnType<Behave> {
    if (ask.route === 'api') {
      this.#signatures += 1;
      const until = Date.now() + (this.#options.signedForMs ?? Number.MAX_SAFE_INTEGER / 2);
      const location = `${this.#options.storageOrigin ?? ''}/signed/${name}?until=${until}&sig=${this.#signatures}`;
      return { instead: { status: 302, headers: { location } } };
    }
    const until = Number(ask.query.get('until') ?? Number.POSITIVE_INFINITY);
    return Date.now() > until ? expired : {};
  }
}

const busy: ReturnType<Behave> = { instead: { status: 503, text: 'too many connections' } };

/** What S3 and R2 answer when a signed address has run out. */
export const expired: ReturnType<Behave> = {
  instead: {
    status: 403,
    headers: { 'content-type': 'application/xml' },
    text: '<?xml version="1.0"?><Error><Code>ExpiredRequest</Code><Message>Request has expired</Message></Error>',
  },
};
