/**
 * A file server that shapes what it sends, as a process of its own: `/PROFILE` is a file on that profile's line, and
 * `/PROFILE?begin` starts the line's time anew. Prints its origin. Ends when its standard input does.
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MIB, SECOND } from '#kernel/units';

import { FILE_BYTES, type Phase, type Profile, profiles } from './profiles.ts';

const TICK_MS = 10;
const filler = Buffer.alloc(MIB, 'kura');

interface Sending {
  readonly out: ServerResponse;
  readonly startsAt: number;
  left: number;
}

const sendings = new Set<Sending>();
let profile: Profile = profiles.shared;
let begunAt = performance.now();
let tickedAt = performance.now();

const server = createServer((request, out) => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const named = Object.entries(profiles).find(([name]) => url.pathname === `/${name}`)?.[1];
  if (named) profile = named;
  if (!named || url.search === '?begin') {
    begunAt = performance.now();
    out.writeHead(named ? 204 : 404).end();
    return;
  }
  answer(out, request.headers.range);
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  console.log(`http://127.0.0.1:${port}`);
});
const ticking = setInterval(tick, TICK_MS);
process.stdin.resume().once('end', () => {
  clearInterval(ticking);
  server.closeAllConnections();
  server.close();
});

function answer(out: ServerResponse, range: string | undefined): void {
  const { serverLimit = Number.POSITIVE_INFINITY, latencyMs = 0 } = phaseNow();
  if (sendings.size >= serverLimit) {
    out.writeHead(503, { 'retry-after': '1' }).end();
    return;
  }
  const size = FILE_BYTES;
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? [];
  const start = Number(first ?? 0);
  const end = last === undefined || last === '' ? size : Math.min(size, Number(last) + 1);
  const sending = { out, startsAt: performance.now() + latencyMs, left: end - start };
  sendings.add(sending);
  out.once('close', () => sendings.delete(sending));
  out.writeHead(first === undefined ? 200 : 206, {
    'content-type': 'application/octet-stream',
    'content-length': end - start,
    etag: `"${size}"`,
    ...(first !== undefined && { 'content-range': `bytes ${start}-${end - 1}/${size}` }),
  });
}

function phaseNow(): Phase {
  const { phases } = profile;
  const round = phases.reduce((sum, { seconds }) => sum + seconds, 0);
  let at = ((performance.now() - begunAt) / SECOND) % round;
  for (const phase of phases) {
    at -= phase.seconds;
    if (at < 0) return phase;
  }
  throw new RangeError('a line without phases');
}

/** Gives every answer under way its part of what may pass since the last tick. */
function tick(): void {
  const now = performance.now();
  const seconds = (now - tickedAt) / SECOND;
  tickedAt = now;
  const { perConnection = Number.POSITIVE_INFINITY, shared = Number.POSITIVE_INFINITY } = phaseNow();
  const ready = [...sendings].filter(({ startsAt, out }) => startsAt <= now && !out.writableNeedDrain);
  const part = Math.ceil(Math.min(perConnection, shared / Math.max(1, ready.length)) * seconds);
  for (const sending of ready) send(sending, Math.min(part, sending.left, filler.length));
}

function send(sending: Sending, count: number): void {
  sending.left -= count;
  sending.out.write(filler.subarray(0, count));
  if (sending.left > 0) return;
  sendings.delete(sending);
  sending.out.end();
}
