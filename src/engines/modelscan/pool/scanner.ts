/** Scanning on threads of their own, so that hostile input can neither hang nor crash the process. */
import { KuraError } from '#kernel/errors';

import type { FilePieces } from '../first-look/file-pieces.ts';
import type { ScanLimits } from '../limits.ts';
import type { ScanReport } from '../report.ts';
import { ScanThread } from './scan-thread.ts';
import type { ScanRequest } from './worker-protocol.ts';

export interface ScannerOptions {
  /** Threads. Default 1. */
  readonly size?: number;
  /** Starts them at once, where work is sure to come; otherwise each is started by its first scan. */
  readonly startsAtOnce?: boolean;
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
   * Scans one file; waits for a free thread. Many at once are handed to the threads in lots, so that small files cost no
   * message each. A scan that hangs, crashes or exceeds its memory ends as suspicious, with
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

type ScanTask = Pick<ScanRequest, 'path' | 'pieces' | 'names'>;

interface WaitingScan {
  readonly task: ScanTask;
  readonly signal: AbortSignal | undefined;
  /** Not to be given to a thread together with others. */
  readonly isAlone: boolean;
  readonly resolve: (report: ScanReport) => void;
  readonly reject: (reason: unknown) => void;
}

/** Enough that a message takes little of the time of small files. */
const MOST_TOGETHER = 64;

/** The next scan, and of those behind it as many as are one thread's share. */
function takeTogether(waiting: WaitingScan[], threads: number): readonly WaitingScan[] {
  const [first] = waiting;
  const share = Math.min(MOST_TOGETHER, Math.ceil(waiting.length / threads));
  const other = waiting.findIndex(({ isAlone, signal }) => isAlone || signal !== first?.signal);
  return waiting.splice(0, Math.max(1, Math.min(share, other < 0 ? share : other)));
}

export function createScanner(options: ScannerOptions = {}): Scanner {
  const threads = Array.from({ length: options.size ?? 1 }, () => new ScanThread(options.memoryMb ?? 512));
  if (options.startsAtOnce === true) for (const thread of threads) thread.start();
  const idle = [...threads];
  const waiting: WaitingScan[] = [];
  const bounds = options.limits === undefined ? {} : { limits: options.limits };
  let closed = false;

  function begin(): void {
    while (waiting.length > 0) {
      const thread = idle.pop();
      if (thread === undefined) return;
      const together = takeTogether(waiting, threads.length);
      void work(thread, together).finally(() => {
        idle.push(thread);
        begin();
      });
    }
  }

  /** Never rejects: who waits is told. */
  async function work(thread: ScanThread, scans: readonly WaitingScan[]): Promise<void> {
    try {
      if (closed) throw new KuraError('unavailable', 'modelscan.closed');
      const [first, second] = scans;
      if (first === undefined) return;
      if (second !== undefined) await workOnLot(thread, scans);
      else first.resolve(await thread.run({ ...first.task, ...bounds }, first.signal));
    } catch (error) {
      for (const scan of scans) scan.reject(error);
    }
  }

  async function workOnLot(thread: ScanThread, scans: readonly WaitingScan[]): Promise<void> {
    const paths = scans.map(({ task }) => task.path);
    const reports = await thread.runAll({ path: '', paths, ...bounds }, scans[0]?.signal);
    const left: WaitingScan[] = [];
    for (const [index, scan] of scans.entries()) {
      const report = reports?.[index];
      if (report !== undefined) scan.resolve(report);
      // One of a lot was too much for its thread: alone, each is judged by what it does itself.
      else left.push({ ...scan, isAlone: reports === undefined });
    }
    waiting.unshift(...left);
  }

  async function run(task: ScanTask, signal: AbortSignal | undefined, isAlone: boolean): Promise<ScanReport> {
    const { promise, resolve, reject } = Promise.withResolvers<ScanReport>();
    waiting.push({ task, signal, isAlone, resolve, reject });
    begin();
    return await promise;
  }

  return {
    scan: async (path, { names, signal } = {}) =>
      names === undefined ? run({ path }, signal, false) : run({ path, names }, signal, true),
    look: async (pieces, { names, signal } = {}) =>
      run({ path: names?.[0] ?? '', pieces, ...(names === undefined ? {} : { names }) }, signal, true),
    [Symbol.asyncDispose]: async () => {
      closed = true;
      await Promise.all(threads.map((thread) => thread[Symbol.asyncDispose]()));
    },
  };
}
