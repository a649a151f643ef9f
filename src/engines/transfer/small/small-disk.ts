/** The near side of the threads that hash and write small files, shared by every transfer of the process. */
import { Worker } from 'node:worker_threads';
import { KuraError } from '#kernel/errors';

import type { FileHashes, HashName } from '../file-hashes.ts';
import type { DiskCommand, DiskReport, FileMark, PlaceResult } from './disk-worker.ts';

/** A file's bytes where the threads can read them. */
export interface SharedBytes {
  readonly memory: SharedArrayBuffer;
  readonly offset: number;
  readonly length: number;
}

/** A file that is on the disk and durable under a name of its own. */
export interface StoredFile {
  readonly path: string;
  readonly hashes: FileHashes;
  readonly mark: FileMark;
}

export interface SmallDisk {
  /** Writes a new file at `path` and makes it durable; on failure there is none. Rejects with the system's error. */
  store(path: string, bytes: SharedBytes, names: readonly HashName[]): Promise<StoredFile>;
  /** Gives it its name for good if that is free and nobody has touched the file. */
  place(file: StoredFile, to: string): Promise<PlaceResult>;
}

/** While one waits for the disk the other works; more of them only get into each other's way (`npm run bench transfer`). */
const THREADS = 2;

interface Thread {
  readonly worker: Worker;
  readonly owed: Map<number, PromiseWithResolvers<DiskReport>>;
}

type Order<Command> = Command extends DiskCommand ? Omit<Command, 'ticket'> : never;

class DiskThreads implements SmallDisk {
  readonly #threads: (Thread | undefined)[] = Array.from({ length: THREADS });
  #lastTicket = 0;

  async store(path: string, bytes: SharedBytes, names: readonly HashName[]): Promise<StoredFile> {
    const report = await this.#order({ type: 'store', path, ...bytes, names });
    if (report.type !== 'stored') throw unexpected(report);
    return { path, hashes: report.hashes, mark: report.mark };
  }

  async place({ path: from, mark }: StoredFile, to: string): Promise<PlaceResult> {
    const report = await this.#order({ type: 'place', from, to, mark });
    if (report.type !== 'placed') throw unexpected(report);
    return report.result;
  }

  #order(order: Order<DiskCommand>): Promise<DiskReport> {
    this.#lastTicket += 1;
    const ticket = this.#lastTicket;
    const { worker, owed } = this.#idlest();
    // Idle threads do not keep the process alive.
    if (owed.size === 0) worker.ref();
    const answer = Promise.withResolvers<DiskReport>();
    owed.set(ticket, answer);
    worker.postMessage({ ...order, ticket } satisfies DiskCommand);
    return answer.promise;
  }

  /** Another thread is begun only when all that are there have work. */
  #idlest(): Thread {
    let best = 0;
    for (const [index, thread] of this.#threads.entries()) {
      const load = thread?.owed.size ?? 0.5;
      if (load < (this.#threads[best]?.owed.size ?? 0.5)) best = index;
    }
    return (this.#threads[best] ??= this.#begin(best));
  }

  #begin(index: number): Thread {
    const worker = new Worker(new URL('./disk-worker.ts', import.meta.url));
    const thread: Thread = { worker, owed: new Map() };
    const lost = (error: unknown): void => {
      this.#threads[index] = undefined;
      for (const answer of thread.owed.values()) answer.reject(error);
      thread.owed.clear();
    };
    worker.on('message', (report: DiskReport) => settle(thread, report));
    worker.on('error', lost);
    worker.on('exit', () => lost(new KuraError('interrupted', 'kernel.interrupted')));
    return thread;
  }
}

function settle({ worker, owed }: Thread, report: DiskReport): void {
  const answer = owed.get(report.ticket);
  owed.delete(report.ticket);
  if (owed.size === 0) worker.unref();
  if (report.type === 'failed') answer?.reject(Object.assign(new Error(report.message), report.details));
  else answer?.resolve(report);
}

function unexpected({ type }: DiskReport): RangeError {
  return new RangeError(`an answer to another question: ${type}`);
}

let shared: SmallDisk | undefined;

/** The threads of this process; begun when the first small file is here. */
export function sharedDisk(): SmallDisk {
  shared ??= new DiskThreads();
  return shared;
}
