/** Scanning on threads of their own, so that hostile input can neither hang nor crash the process. */
import { KuraError } from '#kernel/errors';

import type { FilePieces } from '../first-look/file-pieces.ts';
import type { ScanLimits } from '../limits.ts';
import type { ScanReport } from '../report.ts';
import { ScanThread } from './scan-thread.ts';
import type { ScanRequest } from './worker-protocol.ts';

export interface ScannerOptions {
  /** Threads; each is started by its first scan. Default 1. */
  readonly size?: number;
  /** Heap of a thread in MiB; a scan that needs more ends as suspicious. Default 512. */
  readonly memoryMb?: number;
  /** Bounds that differ from `defaultScanLimits`. */
  readonly limits?: Partial<ScanLimits>;
}

export interface ScanCall {
  readonly signal?: AbortSignal;
  /** All names a loader may see the file under; default: its own. */
  readonly names?: readonly string[];
}

export interface Scanner extends AsyncDisposable {
  /**
   * Scans one file; waits for a free thread. A scan that hangs, crashes or exceeds its memory ends as suspicious, with
   * what it had found.
   * @throws the reason of `signal`; KuraError `modelscan.closed` after disposal.
   */
  scan(path: string, call?: ScanCall): Promise<ScanReport>;
  /**
   * Looks at some pieces of a file that is not here yet, in the same way. What is found is true of the whole file; to
   * find nothing clears nothing. `wanted` in the report says which bytes would take the look further.
   */
  look(file: FilePieces, call?: ScanCall): Promise<ScanReport>;
}

export function createScanner(options: ScannerOptions = {}): Scanner {
  const threads = Array.from({ length: options.size ?? 1 }, () => new ScanThread(options.memoryMb ?? 512));
  const idle = [...threads];
  const waiting: ((thread: ScanThread) => void)[] = [];
  let closed = false;

  async function acquire(): Promise<ScanThread> {
    const free = idle.pop();
    if (free !== undefined) return free;
    const { promise, resolve } = Promise.withResolvers<ScanThread>();
    waiting.push(resolve);
    return await promise;
  }

  function release(thread: ScanThread): void {
    const next = waiting.shift();
    if (next === undefined) idle.push(thread);
    else next(thread);
  }

  async function run(task: Pick<ScanRequest, 'path' | 'pieces'>, call: ScanCall): Promise<ScanReport> {
    const thread = await acquire();
    try {
      if (closed) throw new KuraError('unavailable', 'modelscan.closed');
      const { names } = call;
      const { limits } = options;
      return await thread.run(
        { ...task, ...(names === undefined ? {} : { names }), ...(limits === undefined ? {} : { limits }) },
        call.signal,
      );
    } finally {
      release(thread);
    }
  }

  return {
    scan: async (path, call = {}) => run({ path }, call),
    look: async (pieces, call = {}) => run({ path: call.names?.[0] ?? '', pieces }, call),
    [Symbol.asyncDispose]: async () => {
      closed = true;
      await Promise.all(threads.map((thread) => thread[Symbol.asyncDispose]()));
    },
  };
}
