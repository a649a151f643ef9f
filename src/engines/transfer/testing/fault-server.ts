/** A file server on a real socket that misbehaves on request: the faults of models-peers.md §1d and §4d. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

interface FaultServerRequest {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly range: readonly [start: number, end: number | undefined] | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** What the server does with one request; everything left out is well behaved. */
export interface Behaviour {
  readonly body?: Buffer;
  readonly etag?: string | null;
  readonly lastModified?: string;
  /** Answer 200 with everything to a Range request. */
  readonly ignoreRange?: boolean;
  /** Answer 206 although If-Range names another version. */
  readonly ignoreIfRange?: boolean;
  /** Close the socket after this many body bytes. */
  readonly cutAfter?: number;
  /** Stop sending after this many body bytes, with the socket open. */
  readonly stallAfter?: number;
  /** Flip a bit of this byte of the file, when it is sent. */
  readonly flipByte?: number;
  /** Content-Length to claim; `null` for chunked encoding. */
  readonly contentLength?: number | null;
  /** Content-Range to claim. */
  readonly contentRange?: string;
  /** Send the bytes from the start of the file whatever the range. */
  readonly sendFromStart?: boolean;
  /** Status with a short text (or `text`), no file. */
  readonly status?: number;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes per second, roughly. */
  readonly bytesPerSecond?: number;
  readonly delayMs?: number;
}

export interface FaultServer extends AsyncDisposable {
  readonly origin: string;
  /** Every request so far. */
  readonly requests: FaultServerRequest[];
  /** Body bytes handed to sockets so far. */
  readonly sentBytes: number;
  /** Requests for a path. */
  count(path: string): number;
}

export type Behave = (request: FaultServerRequest, hit: number) => Behaviour;

/** Serves `file` on every path as `behave` says; `hit` counts requests from 1. Listens on 127.0.0.1. */
export async function startFaultServer(
  file: Buffer,
  behave: Behave = () => ({}),
  host = '127.0.0.1',
): Promise<FaultServer> {
  const requests: FaultServerRequest[] = [];
  const tally = { sent: 0 };
  const server = createServer((incoming, outgoing) => {
    const request = read(incoming);
    requests.push(request);
    outgoing.on('error', () => undefined);
    answer(outgoing, request, { body: file, ...behave(request, requests.length) }, tally).catch(() => {
      outgoing.destroy();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, host, resolve);
  });
  return {
    origin: `http://${host}:${portOf(server)}`,
    requests,
    get sentBytes() {
      return tally.sent;
    },
    count: (path) => requests.filter((request) => request.path === path).length,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function read(incoming: IncomingMessage): FaultServerRequest {
  const url = new URL(incoming.url ?? '/', 'http://localhost');
  const [, start, last] = /^bytes=(\d+)-(\d*)$/.exec(incoming.headers.range ?? '') ?? [];
  return {
    path: url.pathname,
    query: url.searchParams,
    range: start === undefined ? undefined : [Number(start), last ? Number(last) + 1 : undefined],
    headers: incoming.headers,
  };
}

interface Piece {
  readonly status: number;
  readonly start: number;
  readonly end: number;
}

async function answer(
  outgoing: ServerResponse,
  request: FaultServerRequest,
  behaviour: Behaviour & { readonly body: Buffer },
  tally: { sent: number },
): Promise<void> {
  // It may be longer than the test, and then keeps nobody waiting.
  if (behaviour.delayMs !== undefined) await sleep(behaviour.delayMs, undefined, { ref: false });
  if (behaviour.status !== undefined) {
    outgoing.writeHead(behaviour.status, { 'content-type': 'text/plain', ...behaviour.headers });
    outgoing.end(behaviour.text ?? `status ${behaviour.status}`);
    return;
  }
  const { body } = behaviour;
  const etag =
    behaviour.etag === undefined ? `"${body.length}-${body.subarray(0, 4).toString('hex')}"` : behaviour.etag;
  const piece = pieceOf(request, behaviour, etag);
  if (piece.status === 416) {
    outgoing.writeHead(416, { 'content-range': `bytes */${body.length}` });
    outgoing.end();
    return;
  }
  const length = behaviour.contentLength === undefined ? piece.end - piece.start : behaviour.contentLength;
  outgoing.writeHead(piece.status, {
    'content-type': 'application/octet-stream',
    ...(etag !== null && { etag }),
    ...(behaviour.lastModified !== undefined && { 'last-modified': behaviour.lastModified }),
    ...(length !== null && { 'content-length': length }),
    ...(piece.status === 206 && {
      'content-range': behaviour.contentRange ?? `bytes ${piece.start}-${piece.end - 1}/${body.length}`,
    }),
    ...behaviour.headers,
  });
  await send(outgoing, piece, behaviour, tally);
}

function pieceOf(
  request: FaultServerRequest,
  behaviour: Behaviour & { readonly body: Buffer },
  etag: string | null,
): Piece {
  const size = behaviour.body.length;
  const ifRange = request.headers['if-range'];
  const isStale =
    behaviour.ignoreIfRange !== true && ifRange !== undefined && ifRange !== etag && ifRange !== behaviour.lastModified;
  if (!request.range || behaviour.ignoreRange === true || isStale) return { status: 200, start: 0, end: size };
  const [start, end] = request.range;
  if (start >= size) return { status: 416, start: 0, end: 0 };
  return { status: 206, start, end: Math.min(end ?? size, size) };
}

const CHUNK = 64 * 1024;

async function send(
  outgoing: ServerResponse,
  piece: Piece,
  behaviour: Behaviour & { readonly body: Buffer },
  tally: { sent: number },
): Promise<void> {
  const shift = behaviour.sendFromStart === true ? piece.start : 0;
  const limit = Math.min(behaviour.cutAfter ?? Infinity, behaviour.stallAfter ?? Infinity, piece.end - piece.start);
  const step = behaviour.bytesPerSecond === undefined ? CHUNK : Math.max(1, Math.ceil(behaviour.bytesPerSecond / 50));
  for (let sent = 0; sent < limit && !outgoing.destroyed; sent += step) {
    const from = piece.start + sent;
    const to = Math.min(from + step, piece.start + limit);
    const chunk = flipped(behaviour.body, from - shift, to - shift, behaviour.flipByte);
    tally.sent += chunk.length;
    if (!outgoing.write(chunk)) await drained(outgoing);
    if (behaviour.bytesPerSecond !== undefined) await sleep(20);
  }
  if (behaviour.stallAfter !== undefined) return;
  if (behaviour.cutAfter !== undefined) outgoing.destroy();
  else outgoing.end();
}

function flipped(body: Buffer, from: number, to: number, at: number | undefined): Buffer {
  const chunk = body.subarray(from, to);
  if (at === undefined || at < from || at >= to) return chunk;
  const copy = Buffer.from(chunk);
  copy[at - from] = (copy[at - from] ?? 0) ^ 1;
  return copy;
}

async function drained(outgoing: ServerResponse): Promise<void> {
  const done = new AbortController();
  const waits = [once(outgoing, 'drain', { signal: done.signal }), once(outgoing, 'close', { signal: done.signal })];
  await Promise.race(waits);
  done.abort();
  // The loser of the race ends as aborted.
  await Promise.allSettled(waits);
}
