/** The near side of the hashing thread: keeps hashing off the event loop that moves the bytes. */
import { Worker } from 'node:worker_threads';
import { KuraError } from '#kernel/errors';

import type { FileHashes, HashName } from './file-hashes.ts';
import type { HashCommand, HashReport } from './hash-worker.ts';

/** One file being hashed from its start on, as far as it has grown. */
export interface HashSession extends Disposable {
  /** Bytes hashed so far. */
  readonly hashedBytes: number;
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

/** Starts a hashing thread. */
export function createHashThread(): HashThread {
  const worker = new Worker(new URL('./hash-worker.ts', import.meta.url));
  const followed = new Map<number, Followed>();
  let lastId = 0;

  function failAll(error: unknown): void {
    for (const file of followed.values()) file.result.reject(error);
    followed.clear();
  }
  worker.on('message', (report: HashReport) => receive(followed, report));
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
      return sessionOf(file, worker, id, () => followed.delete(id));
    },
    async [Symbol.asyncDispose]() {
      await worker.terminate();
    },
  };
}

function sessionOf(file: Followed, worker: Worker, id: number, forget: () => void): HashSession {
  return {
    get hashedBytes() {
      return file.hashedBytes;
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
      forget();
      post(worker, { type: 'close', id });
    },
  };
}

function receive(followed: Map<number, Followed>, report: HashReport): void {
  const file = followed.get(report.id);
  if (!file) return;
  switch (report.type) {
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
