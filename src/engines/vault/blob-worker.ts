/** The thread behind `blob-workers.ts`: sessions by number, chunks that wait for "seal or forget" by number. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';

import { systemRandom } from '#kernel/clock';
import { toKuraError } from '#kernel/errors';

import { createBlobCodec } from './blob.ts';
import { type BlobSession, createInlineSession, type IdentifiedChunk } from './blob-session.ts';
import type { WorkerAnswer, WorkerCall, WorkerRequest, WorkerSetup } from './blob-workers.ts';
import { ownBuffer } from './own-buffer.ts';

if (parentPort !== null) serve(parentPort, workerData as WorkerSetup);

function serve(port: MessagePort, setup: WorkerSetup): void {
  const codec = createBlobCodec(setup.keys, systemRandom);
  const sessions = new Map<number, BlobSession>();
  const waiting = new Map<number, IdentifiedChunk>();

  function sessionOf(number: number): BlobSession {
    const session = sessions.get(number) ?? createInlineSession(codec);
    sessions.set(number, session);
    return session;
  }

  async function perform(ticket: number, call: WorkerCall): Promise<WorkerAnswer['value']> {
    switch (call.op) {
      case 'identify': {
        const chunk = await sessionOf(call.session).identify(call.plain);
        waiting.set(ticket, chunk);
        return chunk.id;
      }
      case 'seal': {
        const chunk = waiting.get(call.chunk);
        waiting.delete(call.chunk);
        return chunk?.seal();
      }
      case 'forget':
        waiting.delete(call.chunk);
        return undefined;
      case 'open':
        return sessionOf(call.session).open(call.kind, call.id, call.sealed);
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
      const transfer = value instanceof Uint8Array ? ownBuffer(value) : [];
      port.postMessage({ ticket: request.ticket, value } satisfies WorkerAnswer, transfer);
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
