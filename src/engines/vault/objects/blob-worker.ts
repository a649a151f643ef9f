/** The thread behind `blob-workers.ts`: sessions by number, chunks that wait for "seal or forget" by number. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';

import { systemRandom } from '#kernel/clock';
import { toKuraError } from '#kernel/errors';
import { freeMemory } from '#kernel/free-memory';
import { KIB } from '#kernel/units';

import { type BlobCodec, createBlobCodec } from '../format/blob.ts';
import { createNumberVectors } from '../format/number-vectors.ts';
import { openZstd, type Zstd } from '../format/zstd.ts';
import { type BlobSession, createInlineSession, type IdentifiedChunk } from './blob-session.ts';
import type { WorkerAnswer, WorkerCall, WorkerRequest, WorkerSetup } from './blob-workers.ts';
import { ChunkPlaces } from './chunk-memory.ts';

/** Small Buffers lie in memory that Node shares among them. */
const SHARED_BY_BUFFERS = 64 * KIB;

if (parentPort !== null) serve(parentPort, workerData as WorkerSetup, await openZstd());

function serve(port: MessagePort, setup: WorkerSetup, zstd: Zstd): void {
  const places = new ChunkPlaces(setup.memory);
  const codec = codecOf(setup, places, zstd);
  const sessions = new Map<number, BlobSession>();
  const waiting = new Map<number, IdentifiedChunk & { readonly plain: Uint8Array }>();

  function sessionOf(number: number, digest = true): BlobSession {
    const session =
      sessions.get(number) ?? createInlineSession(codec, { roomOf: (chunk) => places.roomOf(chunk), digest });
    sessions.set(number, session);
    return session;
  }

  async function perform(ticket: number, call: WorkerCall): Promise<string | Uint8Array | undefined> {
    switch (call.op) {
      case 'identify': {
        const plain = places.viewOf(call.plain);
        const chunk = await sessionOf(call.session).identify(plain);
        waiting.set(ticket, { ...chunk, plain });
        return chunk.id;
      }
      case 'seal': {
        const chunk = waiting.get(call.chunk);
        waiting.delete(call.chunk);
        return chunk?.seal();
      }
      case 'forget': {
        const chunk = waiting.get(call.chunk);
        waiting.delete(call.chunk);
        return chunk?.plain;
      }
      case 'open': {
        const sealed = places.viewOf(call.sealed);
        return settled(await sessionOf(call.session, call.digest).open(call.kind, call.id, sealed), places, sealed);
      }
      case 'finish':
        return sessionOf(call.session).finish();
      case 'end':
        sessions.delete(call.session);
        return undefined;
      default:
        return undefined;
    }
  }

  async function answer(request: WorkerRequest): Promise<void> {
    try {
      const value = await perform(request.ticket, request.call);
      const shared = value instanceof Uint8Array ? places.share(value) : value;
      port.postMessage({ ticket: request.ticket, value: shared } satisfies WorkerAnswer, transferable(shared));
    } catch (error) {
      const { kind, code, params } = toKuraError(error);
      port.postMessage({
        ticket: request.ticket,
        value: undefined,
        error: { kind, code, params },
      } satisfies WorkerAnswer);
    }
  }

  port.on('message', (request: WorkerRequest) => void answer(request));
}

function codecOf(setup: WorkerSetup, places: ChunkPlaces, zstd: Zstd): BlobCodec {
  const vectors = createNumberVectors(setup.memory);
  // Its whole room: what is compressed in it may be a little longer than the chunk.
  const spare = places.roomOf(places.viewOf(setup.spare));
  const tops = places.roomOf(places.viewOf(setup.tops));
  return createBlobCodec(setup.keys, systemRandom, { spare, tools: { zstd, vectors, tops } });
}

/** What came out of a frame lies in memory of its own: where it came from is better, if there is room. */
function settled(plain: Uint8Array, places: ChunkPlaces, sealed: Uint8Array): Uint8Array {
  if (!(plain.buffer instanceof ArrayBuffer) || !places.contains(sealed)) return plain;
  const room = places.roomOf(sealed);
  if (room.byteLength < plain.byteLength) return plain;
  const place = room.subarray(0, plain.byteLength);
  place.set(plain);
  freeMemory(plain);
  return place;
}

function transferable(value: WorkerAnswer['value']): ArrayBuffer[] {
  if (!(value instanceof Uint8Array) || !(value.buffer instanceof ArrayBuffer)) return [];
  return value.buffer.byteLength > SHARED_BY_BUFFERS ? [value.buffer] : [];
}
