/**
 * Hashing, compressing and encrypting off the main thread: 16 MiB take about 20 ms, which a server must not stand still
 * for. Chunks travel by transfer, without copies.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

import { type Sha256, sha256 } from '#kernel/brands';
import { type ErrorKind, KuraError, type MessageParams } from '#kernel/errors';

import { type BlobId, type BlobKind, blobId } from './blob.ts';
import type { BlobSession } from './blob-session.ts';
import { ownBuffer } from './own-buffer.ts';
import type { VaultKeys } from './vault-keys.ts';

export interface WorkerSetup {
  readonly keys: VaultKeys;
}

export type WorkerCall =
  | { readonly op: 'identify'; readonly session: number; readonly plain: Uint8Array }
  | { readonly op: 'seal' | 'forget'; readonly chunk: number }
  | {
      readonly op: 'open';
      readonly session: number;
      readonly kind: BlobKind;
      readonly id: BlobId;
      readonly sealed: Uint8Array;
    }
  | { readonly op: 'finish' | 'end'; readonly session: number };

export interface WorkerRequest {
  readonly ticket: number;
  readonly call: WorkerCall;
}

export interface WorkerAnswer {
  readonly ticket: number;
  readonly value: string | Uint8Array | undefined;
  readonly error?: { readonly kind: ErrorKind; readonly code: string; readonly params: MessageParams };
}

export interface BlobWorkers extends AsyncDisposable {
  session(): BlobSession;
}

interface Thread {
  sessions: number;
  call(call: WorkerCall): { readonly ticket: number; readonly answer: Promise<WorkerAnswer['value']> };
  stop(): Promise<void>;
}

/** Threads start with the first session and stop on disposal; an idle pool does not keep the process alive. */
export function createBlobWorkers(keys: VaultKeys, size: number = Math.min(4, availableParallelism())): BlobWorkers {
  const threads: Thread[] = [];
  let nextSession = 0;

  function leastBusy(): Thread {
    const idle = threads.find((thread) => thread.sessions === 0);
    if (idle !== undefined) return idle;
    if (threads.length < size) {
      const thread = startThread({ keys });
      threads.push(thread);
      return thread;
    }
    return threads.reduce((least, thread) => (thread.sessions < least.sessions ? thread : least));
  }

  return {
    session() {
      const thread = leastBusy();
      thread.sessions += 1;
      nextSession += 1;
      return sessionOn(thread, nextSession);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(threads.splice(0).map((thread) => thread.stop()));
    },
  };
}

function sessionOn(thread: Thread, session: number): BlobSession {
  return {
    async identify(plain) {
      const { ticket, answer } = thread.call({ op: 'identify', session, plain });
      const id = blobId(text(await answer));
      return {
        id,
        seal: async () => binary(await thread.call({ op: 'seal', chunk: ticket }).answer),
        forget: () => ignoreAnswer(thread.call({ op: 'forget', chunk: ticket }).answer),
      };
    },
    open: async (kind, id, sealed) => binary(await thread.call({ op: 'open', session, kind, id, sealed }).answer),
    finish: async (): Promise<Sha256> => sha256(text(await thread.call({ op: 'finish', session }).answer)),
    [Symbol.dispose]() {
      thread.sessions -= 1;
      ignoreAnswer(thread.call({ op: 'end', session }).answer);
    },
  };
}

function startThread(setup: WorkerSetup): Thread {
  const worker = new Worker(new URL('./blob-worker.ts', import.meta.url), { workerData: setup });
  const pending = new Map<number, PromiseWithResolvers<WorkerAnswer['value']>>();
  let tickets = 0;
  let broken: unknown;
  let isStopping = false;

  function breakDown(error: unknown): void {
    broken = error;
    for (const waiter of pending.values()) waiter.reject(error);
    pending.clear();
  }

  worker.unref();
  worker.on('message', (answer: WorkerAnswer) => {
    const waiter = pending.get(answer.ticket);
    pending.delete(answer.ticket);
    // While it is being stopped, nothing else may keep the process alive for its end.
    if (pending.size === 0 && !isStopping) worker.unref();
    if (answer.error === undefined) waiter?.resolve(answer.value);
    else waiter?.reject(new KuraError(answer.error.kind, answer.error.code, { params: answer.error.params }));
  });
  worker.on('error', breakDown);
  worker.on('exit', () => breakDown(new KuraError('internal', 'vault.worker-stopped')));

  return {
    sessions: 0,
    call(call) {
      tickets += 1;
      const waiter = Promise.withResolvers<WorkerAnswer['value']>();
      if (broken === undefined) {
        pending.set(tickets, waiter);
        worker.ref();
        worker.postMessage({ ticket: tickets, call } satisfies WorkerRequest, transferable(call));
      } else waiter.reject(broken);
      return { ticket: tickets, answer: waiter.promise };
    },
    async stop() {
      isStopping = true;
      await worker.terminate();
    },
  };
}

function transferable(call: WorkerCall): ArrayBuffer[] {
  if (call.op === 'identify') return ownBuffer(call.plain);
  return call.op === 'open' ? ownBuffer(call.sealed) : [];
}

function text(value: WorkerAnswer['value']): string {
  return typeof value === 'string' ? value : unexpected();
}

function binary(value: WorkerAnswer['value']): Uint8Array {
  return value instanceof Uint8Array ? value : unexpected();
}

function unexpected(): never {
  throw new KuraError('internal', 'vault.worker-stopped');
}

/** A thread that is gone has nothing left to forget. */
function ignoreAnswer(answer: Promise<unknown>): void {
  answer.catch(() => undefined);
}
