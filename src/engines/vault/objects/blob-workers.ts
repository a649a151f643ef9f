/**
 * Hashing, compressing and encrypting off the main thread: 16 MiB take about 20 ms, which a server must not stand still
 * for. Chunks lie in memory that the threads share, and come back in the memory in which they went.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

import { type Sha256, sha256 } from '#kernel/brands';
import { type ErrorKind, KuraError, type MessageParams } from '#kernel/errors';
import { freeMemory } from '#kernel/free-memory';
import { MIB } from '#kernel/units';

import { type BlobId, type BlobKind, blobId } from '../format/blob.ts';
import type { VaultKeys } from '../keys/vault-keys.ts';
import type { BlobSession, SessionOptions } from './blob-session.ts';
import { ChunkMemory, type SharedView } from './chunk-memory.ts';
import type { WasmMemory } from './wasm-memory.ts';

export interface WorkerSetup {
  readonly keys: VaultKeys;
  readonly memory: WasmMemory;
  /** Memory for one chunk, the thread's for ever. */
  readonly spare: SharedView;
  /** And for the last bytes of its numbers. */
  readonly tops: SharedView;
}

export type WorkerCall =
  | { readonly op: 'identify'; readonly session: number; readonly plain: SharedView }
  | { readonly op: 'seal' | 'forget'; readonly chunk: number }
  | {
      readonly op: 'open';
      readonly session: number;
      readonly kind: BlobKind;
      readonly id: BlobId;
      readonly sealed: SharedView;
      readonly digest: boolean;
    }
  | { readonly op: 'finish' | 'end'; readonly session: number };

export interface WorkerRequest {
  readonly ticket: number;
  readonly call: WorkerCall;
}

export interface WorkerAnswer {
  readonly ticket: number;
  readonly value: string | SharedView | undefined;
  readonly error?: { readonly kind: ErrorKind; readonly code: string; readonly params: MessageParams };
}

export interface BlobWorkers extends AsyncDisposable {
  /** Where chunks for sessions lie best. */
  readonly memory: ChunkMemory;
  session(options?: Pick<SessionOptions, 'digest'>): BlobSession;
}

/** Chunks of larger ones get memory as they come. */
const LARGEST_USUAL = 8 * MIB;

interface Thread {
  sessions: number;
  call(
    call: WorkerCall,
    transfer?: ArrayBuffer[],
  ): { readonly ticket: number; readonly answer: Promise<WorkerAnswer['value']> };
  stop(): Promise<void>;
}

/** Threads start with the first session and stop on disposal; an idle pool does not keep the process alive. */
export function createBlobWorkers(keys: VaultKeys, size: number = Math.min(4, availableParallelism())): BlobWorkers {
  const threads: Thread[] = [];
  let lent: ChunkMemory | undefined;
  let nextSession = 0;

  /** Who only looks around needs none. */
  function memory(): ChunkMemory {
    lent ??= new ChunkMemory();
    return lent;
  }

  function leastBusy(): Thread {
    const idle = threads.find((thread) => thread.sessions === 0);
    if (idle !== undefined) return idle;
    if (threads.length < size) {
      const thread = startThread(keys, memory());
      threads.push(thread);
      return thread;
    }
    return threads.reduce((least, thread) => (thread.sessions < least.sessions ? thread : least));
  }

  return {
    get memory() {
      return memory();
    },
    session({ digest = true } = {}) {
      const thread = leastBusy();
      thread.sessions += 1;
      nextSession += 1;
      return sessionOn(thread, { session: nextSession, digest }, memory());
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(threads.splice(0).map((thread) => thread.stop()));
    },
  };
}

function sessionOn(
  thread: Thread,
  { session, digest }: { readonly session: number; readonly digest: boolean },
  memory: ChunkMemory,
): BlobSession {
  async function forget(chunk: number): Promise<void> {
    const value = await thread.call({ op: 'forget', chunk }).answer;
    if (value !== undefined) memory.give(binary(value));
  }

  function binary(value: WorkerAnswer['value']): Uint8Array {
    return value === undefined || typeof value === 'string' ? unexpected() : memory.viewOf(value);
  }

  return {
    isInline: false,
    async identify(plain) {
      const { ticket, answer } = thread.call(
        { op: 'identify', session, plain: memory.share(plain) },
        transferable(plain),
      );
      const id = blobId(text(await answer));
      return {
        id,
        seal: async () => binary(await thread.call({ op: 'seal', chunk: ticket }).answer),
        forget: () => ignoreAnswer(forget(ticket)),
        release: (sealed) => memory.give(sealed),
      };
    },
    async open(kind, id, sealed) {
      const { answer } = thread.call(
        { op: 'open', session, kind, id, sealed: memory.share(sealed), digest },
        transferable(sealed),
      );
      let plain: Uint8Array;
      try {
        plain = binary(await answer);
      } catch (error) {
        // The thread keeps nothing of what it could not open.
        memory.give(sealed);
        throw error;
      }
      // It did not fit where it came from; otherwise that is its memory, or the thread keeps it for another.
      if (plain.buffer instanceof ArrayBuffer) memory.give(sealed);
      return plain;
    },
    release(plain) {
      memory.give(plain);
      freeMemory(plain);
    },
    finish: async (): Promise<Sha256> => sha256(text(await thread.call({ op: 'finish', session }).answer)),
    [Symbol.dispose]() {
      thread.sessions -= 1;
      ignoreAnswer(thread.call({ op: 'end', session }).answer);
    },
  };
}

function startThread(keys: VaultKeys, memory: ChunkMemory): Thread {
  const [spare, tops] = [memory.share(memory.take(LARGEST_USUAL)), memory.share(memory.take(LARGEST_USUAL))];
  const setup: WorkerSetup = { keys, memory: memory.memory, spare, tops };
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
    call(call, transfer) {
      tickets += 1;
      const waiter = Promise.withResolvers<WorkerAnswer['value']>();
      if (broken === undefined) {
        pending.set(tickets, waiter);
        worker.ref();
        worker.postMessage({ ticket: tickets, call } satisfies WorkerRequest, transfer);
      } else waiter.reject(broken);
      return { ticket: tickets, answer: waiter.promise };
    },
    async stop() {
      isStopping = true;
      await worker.terminate();
    },
  };
}

/**
 * Memory that is not shared goes along with a view of all of it; a view of a part would take along what else lies there.
 */
function transferable({ buffer, byteLength }: Uint8Array): ArrayBuffer[] {
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : [];
}

function text(value: WorkerAnswer['value']): string {
  return typeof value === 'string' ? value : unexpected();
}

function unexpected(): never {
  throw new KuraError('internal', 'vault.worker-stopped');
}

/** A thread that is gone has nothing left to forget. */
function ignoreAnswer(answer: Promise<unknown>): void {
  answer.catch(() => undefined);
}
