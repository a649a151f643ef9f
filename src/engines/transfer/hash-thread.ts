/** The near side of the hashing thread: keeps hashing off the event loop that moves the bytes. */
import { Worker } from 'node:worker_threads';
import { KuraError } from '#kernel/errors';

import type { Block } from './blocks/block-pool.ts';
import type { FileHashes, HashName } from './file-hashes.ts';
import type { HashCommand, HashReport } from './hash-worker.ts';
import { shareOf } from './stretches.ts';

/** One file being hashed from its start on, as far as it has grown. */
export interface HashSession extends Disposable {
  /** Bytes hashed so far. */
  readonly hashedBytes: number;
  /**
   * Hashes the first `length` bytes of blocks of one memory, while they are there: the BLAKE3-256 of each block, and,
   * given the `position` at which they come next in the file, the file's own hashes. Everything before that position was
   * given in the same way or stands in the file by now. Settles when the memory is no longer needed.
   */
  blocks(blocks: readonly Block[], length: number, position: number | undefined): Promise<readonly Uint8Array[]>;
  /** Says that bytes [0, upTo) of the file are written and final. */
  advance(upTo: number): void;
  /** The hashes of the whole file, which is `sizeBytes` long and complete. Rejects when it cannot be read. */
  finish(sizeBytes: number, options?: FinishOptions): Promise<FileHashes>;
}

export interface FinishOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onHashed?: ((bytes: number) => void) | undefined;
}

/** A thread that hashes any number of files at once. Dispose it to end the thread. */
export interface HashThread extends AsyncDisposable {
  /** Starts following the file at `path`. The SHA256 is always among the results. */
  follow(path: string, names: readonly HashName[]): HashSession;
}

interface Followed {
  hashedBytes: number;
  onHashed: ((bytes: number) => void) | undefined;
  readonly result: PromiseWithResolvers<FileHashes>;
}

/** What the thread still owes an answer for. */
interface Owed {
  readonly followed: Map<number, Followed>;
  readonly blocks: Map<number, PromiseWithResolvers<readonly Uint8Array[]>>;
  lastTicket: number;
  /** What the thread has been told of, by a number of its own. */
  readonly memories: Map<SharedArrayBuffer, number>;
}

/** Starts a hashing thread. */
export function createHashThread(): HashThread {
  const worker = new Worker(new URL('./hash-worker.ts', import.meta.url));
  const owed: Owed = { followed: new Map(), blocks: new Map(), lastTicket: 0, memories: new Map() };
  const { followed } = owed;
  let lastId = 0;

  function failAll(error: unknown): void {
    for (const file of followed.values()) file.result.reject(error);
    for (const block of owed.blocks.values()) block.reject(error);
    followed.clear();
    owed.blocks.clear();
  }
  worker.on('message', (report: HashReport) => receive(owed, report));
  worker.on('error', failAll);
  worker.on('exit', () => failAll(new KuraError('interrupted', 'kernel.interrupted')));

  return {
    follow(path, names) {
      lastId += 1;
      const id = lastId;
      const file: Followed = { hashedBytes: 0, onHashed: undefined, result: Promise.withResolvers() };
      // A session given up before `finish` has nobody to tell.
      file.result.promise.catch(() => undefined);
      followed.set(id, file);
      post(worker, { type: 'open', id, path, names });
      return sessionOf(file, worker, id, owed);
    },
    async [Symbol.asyncDispose]() {
      await worker.terminate();
    },
  };
}

function sessionOf(file: Followed, worker: Worker, id: number, owed: Owed): HashSession {
  return {
    get hashedBytes() {
      return file.hashedBytes;
    },
    blocks(blocks, length, position) {
      owed.lastTicket += 1;
      const ticket = owed.lastTicket;
      const answer = Promise.withResolvers<readonly Uint8Array[]>();
      owed.blocks.set(ticket, answer);
      const memory = announced(blocks, worker, owed);
      const stretches = blocks.map(({ offset }, index) => ({ offset, length: shareOf(index, length) }));
      post(worker, { type: 'blocks', id, ticket, memory, stretches, position });
      return answer.promise;
    },
    advance(upTo) {
      post(worker, { type: 'advance', id, upTo });
    },
    async finish(sizeBytes, options = {}) {
      file.onHashed = options.onHashed;
      options.signal?.throwIfAborted();
      function abort(): void {
        file.result.reject(options.signal?.reason);
      }
      options.signal?.addEventListener('abort', abort, { once: true });
      post(worker, { type: 'finish', id, sizeBytes });
      try {
        return await file.result.promise;
      } finally {
        options.signal?.removeEventListener('abort', abort);
      }
    },
    [Symbol.dispose]() {
      owed.followed.delete(id);
      post(worker, { type: 'close', id });
    },
  };
}

/** The number of the memory that holds the blocks; the thread hears of it once. */
function announced(blocks: readonly Block[], worker: Worker, { memories }: Owed): number {
  const [first] = blocks;
  if (!first || blocks.some(({ memory }) => memory !== first.memory)) {
    throw new RangeError('blocks of one memory, please');
  }
  const known = memories.get(first.memory) ?? memories.size;
  if (known === memories.size) post(worker, { type: 'memory', id: known, memory: first.memory });
  memories.set(first.memory, known);
  return known;
}

function receive({ followed, blocks }: Owed, report: HashReport): void {
  if (report.type === 'blocks') {
    blocks.get(report.ticket)?.resolve(report.digests);
    blocks.delete(report.ticket);
  }
  const file = followed.get(report.id);
  if (!file) return;
  switch (report.type) {
    case 'blocks':
      file.hashedBytes = report.hashed ?? file.hashedBytes;
      break;
    case 'hashed':
      file.hashedBytes = report.bytes;
      file.onHashed?.(report.bytes);
      break;
    case 'done':
      file.result.resolve(report.hashes);
      followed.delete(report.id);
      break;
    case 'failed':
      file.result.reject(report.error);
      followed.delete(report.id);
      break;
  }
}

function post(worker: Worker, command: HashCommand): void {
  worker.postMessage(command);
}
