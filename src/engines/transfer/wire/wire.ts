/** Connections of our own for bodies: HTTP/1.1 GET over sockets, kept for the next request to the same origin. */
import type { IncomingHttpHeaders } from 'node:http';
import { createSecureContext, type SecureContext } from 'node:tls';
import { KuraError } from '#kernel/errors';
import { SECOND } from '#kernel/units';

import type { AnswerBody } from '../answer-body.ts';
import { CONNECT_TIMEOUT_MS, checkedLookup } from '../checked-lookup.ts';
import type { EgressPolicy } from '../egress-policy.ts';
import { type NetworkOptions, trustedAuthorities } from '../network-options.ts';
import { TransferFault } from '../transfer-fault.ts';
import type { Exchange } from './exchange.ts';
import { WireSocket } from './wire-socket.ts';

export interface WireOptions {
  readonly egress?: EgressPolicy | undefined;
  /** All but the proxy, which this does not know. */
  readonly network?: NetworkOptions | undefined;
}

export interface WireRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Time until the head of the answer is here. */
  readonly headersTimeoutMs: number;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: AnswerBody;
}

/** Servers close idle connections after 5 s and more. */
const IDLE_MS = 4 * SECOND;

interface Resting {
  readonly socket: WireSocket;
  readonly timer: NodeJS.Timeout;
}

export class Wire implements Disposable {
  readonly #options: WireOptions;
  readonly #resting = new Map<string, Resting[]>();
  #secureContext: SecureContext | undefined;
  #isClosed = false;

  constructor(options: WireOptions) {
    this.#options = options;
  }

  /** Sends GET. Rejects with system errors of the network, or the signal's reason. */
  async request(request: WireRequest): Promise<WireAnswer> {
    const text = headText(request);
    for (;;) {
      const rested = this.#take(request.url.origin);
      const socket = rested ?? (await this.#open(request));
      const exchange = socket.send(text, () => this.#rest(request.url.origin, socket));
      try {
        return await answerOf(exchange, request);
      } catch (error) {
        // The far side had closed the connection by the time we used it again; it has seen nothing of the request.
        if (!rested || !exchange.isUntouched || request.signal.aborted || error instanceof TransferFault) throw error;
      }
    }
  }

  [Symbol.dispose](): void {
    this.#isClosed = true;
    for (const resting of this.#resting.values()) for (const { socket } of resting) socket.destroy();
  }

  #open({ url, signal }: WireRequest): Promise<WireSocket> {
    const { egress, network = {} } = this.#options;
    if (url.protocol === 'https:') this.#secureContext ??= createSecureContext({ ca: trustedAuthorities(network) });
    return WireSocket.open(
      {
        url,
        lookup: checkedLookup(egress),
        family: network.family,
        localAddress: network.localAddress,
        secureContext: this.#secureContext,
        timeoutMs: CONNECT_TIMEOUT_MS,
      },
      signal,
    );
  }

  #take(origin: string): WireSocket | undefined {
    const resting = this.#resting.get(origin) ?? [];
    for (let last = resting.pop(); last; last = resting.pop()) {
      clearTimeout(last.timer);
      last.socket.onClose = undefined;
      last.socket.wake();
      if (last.socket.isOpen) return last.socket;
    }
    return undefined;
  }

  #rest(origin: string, socket: WireSocket): void {
    if (this.#isClosed) {
      socket.destroy();
      return;
    }
    const resting = this.#resting.get(origin) ?? [];
    this.#resting.set(origin, resting);
    const entry = { socket, timer: setTimeout(() => socket.destroy(), IDLE_MS).unref() };
    resting.push(entry);
    socket.onClose = () => {
      clearTimeout(entry.timer);
      const index = resting.indexOf(entry);
      if (index !== -1) resting.splice(index, 1);
    };
    socket.rest();
  }
}

async function answerOf(exchange: Exchange, request: WireRequest): Promise<WireAnswer> {
  const { signal, headersTimeoutMs } = request;
  function abort(): void {
    exchange.close(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
  }
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  void exchange.over.then(() => signal.removeEventListener('abort', abort));
  const timer = setTimeout(() => {
    exchange.close(new TransferFault({ remedy: 'retry', verdict: new KuraError('unavailable', 'transfer.stalled') }));
  }, headersTimeoutMs);
  try {
    const { status, headers } = await exchange.head;
    return { status, headers, body: exchange };
  } finally {
    clearTimeout(timer);
  }
}

function headText({ url, headers }: WireRequest): string {
  const fields = Object.entries({ host: url.host, connection: 'keep-alive', ...headers });
  // Imported, node:http loads a browser's WebSocket along, in every command.
  const { validateHeaderName, validateHeaderValue } = process.getBuiltinModule('node:http');
  for (const [name, value] of fields) {
    validateHeaderName(name);
    validateHeaderValue(name, value);
  }
  const lines = fields.map(([name, value]) => `${name}: ${value}\r\n`);
  return `GET ${url.pathname}${url.search} HTTP/1.1\r\n${lines.join('')}\r\n`;
}
