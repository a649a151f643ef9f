/** Sends a stretch of content with the manners a fault asks for: slow, broken, flipped, mislabelled. */
import type { ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';

import type { Fault } from '../faults/fault.ts';
import type { Content } from '../files/content.ts';

export interface Stretch {
  readonly content: Content;
  readonly start: number;
  readonly end: number;
}

const pieceSize = 262_144;

/** Writes head and body; resolves when the response ended or its connection is gone. `sent` hears of every piece. */
export async function sendStretch(
  response: ServerResponse,
  head: { readonly status: number; readonly headers: Readonly<Record<string, string>> },
  stretch: Stretch,
  options: { readonly effects: Fault; readonly sent: (bytes: number) => void },
): Promise<void> {
  const { effects } = options;
  const length = stretch.end - stretch.start;
  const announced = Math.max(0, length + (effects.contentLengthOffset ?? 0));
  const headers = effects.chunked === true ? head.headers : { ...head.headers, 'content-length': String(announced) };
  response.writeHead(head.status, headers);
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const limit = Math.min(effects.cutAfterBytes ?? length, effects.stallAfterBytes ?? length, length);
  try {
    const complete = await pump(
      response,
      { ...stretch, end: stretch.start + limit },
      { ...options, signal: gone.signal },
    );
    if (!complete) return;
  } catch (error) {
    if (!gone.signal.aborted) throw error;
    return;
  }
  finish(response, { length, effects });
}

function finish(response: ServerResponse, of: { readonly length: number; readonly effects: Fault }): void {
  const { length, effects } = of;
  if (breaksWithin(effects.cutAfterBytes, length)) {
    flushThenBreak(response);
    return;
  }
  // A stalled response stays open until the client leaves.
  if (breaksWithin(effects.stallAfterBytes, length)) return;
  if ((effects.contentLengthOffset ?? 0) > 0 && effects.chunked !== true) {
    flushThenBreak(response);
    return;
  }
  response.end();
}

/** After 0 bytes means before any answer: not even the head goes out. */
function breaksWithin(after: number | undefined, length: number): boolean {
  return after === 0 || (after !== undefined && after < length);
}

/** What was written reaches the client before the connection breaks. */
function flushThenBreak(response: ServerResponse): void {
  response.socket?.end(() => response.socket?.destroy());
}

async function pump(
  response: ServerResponse,
  stretch: Stretch,
  options: { readonly effects: Fault; readonly sent: (bytes: number) => void; readonly signal: AbortSignal },
): Promise<boolean> {
  const { effects, signal } = options;
  const rate = effects.bytesPerSecond;
  const step = rate === undefined ? pieceSize : Math.max(1, Math.min(pieceSize, Math.floor(rate / 20)));
  const began = performance.now();
  for (let at = stretch.start; at < stretch.end; at += step) {
    if (signal.aborted) return false;
    const piece = flipped(stretch.content.read(at, Math.min(step, stretch.end - at)), at, effects.flipByteAt);
    if (!response.write(piece)) await drained(response, signal);
    options.sent(piece.byteLength);
    if (rate !== undefined) await pace(began, { due: ((at + step - stretch.start) / rate) * 1000, signal });
  }
  return !signal.aborted;
}

async function pace(began: number, until: { readonly due: number; readonly signal: AbortSignal }): Promise<void> {
  const wait = until.due - (performance.now() - began);
  if (wait > 0) await setTimeout(wait, undefined, { signal: until.signal });
}

function flipped(piece: Uint8Array, offset: number, target: number | undefined): Uint8Array {
  if (target === undefined || target < offset || target >= offset + piece.byteLength) return piece;
  const copy = Uint8Array.from(piece);
  copy[target - offset] = (copy[target - offset] ?? 0) ^ 0xff;
  return copy;
}

function drained(response: ServerResponse, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    function done(): void {
      response.off('drain', done);
      signal.removeEventListener('abort', done);
      resolve();
    }
    response.once('drain', done);
    signal.addEventListener('abort', done, { once: true });
  });
}
