/** One answer on a raw socket, so that it can be wrong in every way: no library corrects it on its way out. */
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createGzip } from 'node:zlib';

import type { Ask, Ending, Misbehaviour } from './misbehaviour.ts';
import type { SeededContent } from './seeded-content.ts';

export interface Answering {
  readonly socket: Socket;
  readonly ask: Pick<Ask, 'range' | 'headers'>;
  readonly content: SeededContent;
  readonly wrong: Misbehaviour;
  /** Told of body bytes as they are handed to the socket. */
  readonly sent: (count: number) => void;
}

interface Piece {
  readonly status: 200 | 206 | 416;
  readonly start: number;
  readonly end: number;
}

const CHUNK = 64 * 1024;
const TICK_MS = 20;
const SECOND = 1000;
/** Nobody waits for more than a few. */
const TRICKLE_BYTES = 1000;

/** False when the connection is of no more use, or left as it is on purpose. */
export async function sendAnswer(answering: Answering): Promise<boolean> {
  const { socket, wrong, content, ask } = answering;
  if (wrong.delayMs !== undefined) await sleep(wrong.delayMs);
  if (wrong.garbage === true) return write(socket, 'GARBAGE 1.1\r\n\r\n').then(() => end(socket, 'close'));
  if (wrong.instead !== undefined) return sendText(socket, wrong.instead);
  const version = wrong.content ?? content;
  const piece = pieceOf(ask, wrong, version);
  if (piece.status === 416)
    return sendText(socket, { status: 416, headers: { 'content-range': `bytes */${version.size}` } });
  const head = headOf(piece, wrong, version);
  if (wrong.unanswered !== undefined) return end(socket, wrong.unanswered, Buffer.from(head));
  await write(socket, head);
  if (wrong.gzip === true) return sendGzipped(answering, piece, version);
  return sendBody(answering, piece, version);
}

function pieceOf(ask: Answering['ask'], wrong: Misbehaviour, { size, etag }: SeededContent): Piece {
  const ifRange = ask.headers['if-range'];
  const isStale = wrong.ignoreIfRange !== true && ifRange !== undefined && ifRange !== (wrong.etag ?? etag);
  if (!ask.range || wrong.ignoreRange === true || isStale) return { status: 200, start: 0, end: size };
  const [start, end] = ask.range;
  if (start >= size) return { status: 416, start: 0, end: 0 };
  return { status: 206, start, end: Math.min(end ?? size, size) };
}

function headOf({ status, start, end }: Piece, wrong: Misbehaviour, { size, etag }: SeededContent): string {
  const lines = [
    `HTTP/1.1 ${status} ${status === 206 ? 'Partial Content' : 'OK'}`,
    'content-type: application/octet-stream',
  ];
  if (wrong.etag !== null) lines.push(`etag: ${wrong.etag ?? etag}`);
  if (status === 206 && wrong.contentRange !== 'missing') {
    const shift = wrong.contentRange === 'shifted' ? 1 : 0;
    lines.push(`content-range: bytes ${start + shift}-${end - 1 + shift}/${size + (wrong.totalBy ?? 0)}`);
  }
  if (wrong.gzip === true) lines.push('content-encoding: gzip', 'connection: close');
  else if (wrong.chunked === true) lines.push('transfer-encoding: chunked');
  else lines.push(`content-length: ${end - start + (wrong.lengthBy ?? 0)}`);
  return `${lines.join('\r\n')}\r\n\r\n`;
}

async function sendText(socket: Socket, instead: NonNullable<Misbehaviour['instead']>): Promise<boolean> {
  const text = instead.text ?? '';
  const headers = Object.entries({ 'content-type': 'text/plain', ...instead.headers });
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  const head = [`HTTP/1.1 ${instead.status} Said`, ...lines, `content-length: ${Buffer.byteLength(text)}`];
  return write(socket, `${head.join('\r\n')}\r\n\r\n${text}`);
}

async function sendBody({ socket, wrong, sent }: Answering, piece: Piece, version: SeededContent): Promise<boolean> {
  const limit = Math.min(wrong.end?.after ?? Number.POSITIVE_INFINITY, piece.end - piece.start);
  const rate = wrong.bytesPerSecond;
  const step = rate === undefined ? CHUNK : Math.min(CHUNK, Math.max(1, Math.ceil((rate * TICK_MS) / 1000)));
  const origin = wrong.fromStart === true ? 0 : piece.start;
  for (let done = 0; done < limit; done += step) {
    const count = Math.min(step, limit - done);
    const chunk = bytesOf(version, origin + done, count, wrong.flipAt);
    sent(count);
    if (!(await write(socket, wrong.chunked === true ? framed(chunk) : chunk))) return false;
    if (rate !== undefined) await sleep((count / rate) * 1000);
  }
  if (wrong.end !== undefined && wrong.end.after <= piece.end - piece.start) {
    const next = version.read(origin + limit, Math.min(version.size, origin + limit + TRICKLE_BYTES));
    return end(socket, wrong.end.how, next);
  }
  if (wrong.chunked === true) return write(socket, '0\r\n\r\n');
  // More was announced than there is: the end of the connection is the end of the body.
  return (wrong.lengthBy ?? 0) > 0 ? end(socket, 'close') : true;
}

function bytesOf(version: SeededContent, at: number, count: number, flipAt = -1): Buffer {
  const chunk = version.read(at, at + count);
  const flipped = flipAt - at;
  if (flipped >= 0 && flipped < count) chunk[flipped] = (chunk[flipped] ?? 0) ^ 1;
  return chunk;
}

function framed(chunk: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n')]);
}

async function sendGzipped({ socket, sent }: Answering, piece: Piece, version: SeededContent): Promise<boolean> {
  const gzip = createGzip({ level: 1 });
  gzip.on('data', (chunk: Buffer) => {
    sent(chunk.length);
    socket.write(chunk);
  });
  for (let at = piece.start; at < piece.end && !socket.destroyed; at += CHUNK) {
    if (!gzip.write(version.read(at, Math.min(piece.end, at + CHUNK)))) await once(gzip, 'drain');
  }
  const ended = once(gzip, 'end');
  gzip.end();
  await ended;
  return end(socket, 'close');
}

/** False: this connection brings nothing any more. `next` is what would come, and comes byte by byte if it trickles. */
async function end(socket: Socket, how: Ending, next: Buffer = Buffer.alloc(0)): Promise<false> {
  if (how === 'close') socket.end();
  if (how === 'reset') reset(socket);
  if (how === 'trickle') await trickle(socket, next);
  return false;
}

async function trickle(socket: Socket, bytes: Buffer): Promise<void> {
  for (const byte of bytes) {
    if (!(await write(socket, Buffer.from([byte])))) return;
    await sleep(SECOND, undefined, { ref: false });
  }
}

function reset(socket: Socket): void {
  // On TLS there is no handle to reset; an end without a close_notify is as rude.
  if ('encrypted' in socket) socket.destroy();
  else socket.resetAndDestroy();
}

/** False when the other side is gone. */
async function write(socket: Socket, data: string | Buffer): Promise<boolean> {
  if (socket.destroyed || !socket.writable) return false;
  if (socket.write(data)) return true;
  const done = new AbortController();
  const waits = [once(socket, 'drain', { signal: done.signal }), once(socket, 'close', { signal: done.signal })];
  await Promise.race(waits).catch(() => undefined);
  done.abort();
  // The loser of the race ends as aborted.
  await Promise.allSettled(waits);
  return !socket.destroyed;
}
