/** One thread of the pool and the watch over it: a scan that hangs or eats memory ends with its thread. */
import { Worker } from 'node:worker_threads';

import { SECOND } from '#kernel/units';

import { defaultScanLimits } from '../limits.ts';
import { type Finding, type ScanReport, verdictOf } from '../report.ts';
import { type RuleId, rules } from '../rules.ts';
import { ScanContext } from '../scan-context.ts';
import { withoutContent } from '../scan-file.ts';
import { isWorkerMessage, type ScanRequest, type WorkerMessage } from './worker-protocol.ts';

const WATCH_EVERY_MS = 250;
/** The scan ends itself at its CPU limit; a thread that is still busy this much later is stuck. */
const GRACE_MS = 2 * SECOND;

/** What the thread says in answer to one request, until that is a result. */
interface Conversation<Result> {
  /** Undefined: there is more to come. */
  readonly onMessage: (message: WorkerMessage) => Result | undefined;
  /** The thread was lost. */
  readonly onLost: (rule: RuleId, evidence: string) => Result;
}

interface Listener {
  readonly onMessage: (message: unknown) => void;
  /** The thread ended, by itself or by an error. */
  readonly onEnd: (rule: RuleId, evidence: string) => void;
}

export class ScanThread implements AsyncDisposable {
  readonly #memoryMb: number;
  #worker: Worker | undefined;
  #listener: Listener | undefined;

  constructor(memoryMb: number) {
    this.#memoryMb = memoryMb;
  }

  /** Starts the thread before there is work for it. */
  start(): void {
    this.#worker ??= this.#start();
  }

  /** Scans one file. Only one call at a time. @throws the reason of `signal` when it is aborted. */
  async run(request: ScanRequest, signal: AbortSignal | undefined): Promise<ScanReport> {
    const findings: Finding[] = [];
    function onLost(rule: RuleId, evidence: string): ScanReport {
      return interrupted(request.path, findings, rule, evidence);
    }
    return await this.#talk(request, signal, {
      onLost,
      onMessage: (message) => {
        if (message.kind === 'finding') findings.push(message.finding);
        if (message.kind === 'report') return message.report;
        return message.kind === 'failed' ? onLost('scan-failed', message.reason) : undefined;
      },
    });
  }

  /** Scans the first of several files, at least one; undefined when the thread was lost over one of them. */
  async runAll(
    request: ScanRequest & { readonly paths: readonly string[] },
    signal: AbortSignal | undefined,
  ): Promise<readonly ScanReport[] | undefined> {
    const { reports } = await this.#talk<{ readonly reports: readonly ScanReport[] | undefined }>(request, signal, {
      onLost: () => ({ reports: undefined }),
      onMessage: (message) => {
        if (message.kind === 'reports') return { reports: message.reports };
        return message.kind === 'failed' ? { reports: undefined } : undefined;
      },
    });
    return reports;
  }

  async #talk<Result>(
    request: ScanRequest,
    signal: AbortSignal | undefined,
    conversation: Conversation<Result>,
  ): Promise<Result> {
    signal?.throwIfAborted();
    const worker = (this.#worker ??= this.#start());
    try {
      return await this.#exchange(worker, request, signal, conversation);
    } finally {
      this.#listener = undefined;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#worker?.terminate();
    this.#worker = undefined;
  }

  #start(): Worker {
    const worker = new Worker(new URL('./scan-worker.ts', import.meta.url), {
      name: 'modelscan',
      resourceLimits: { maxOldGenerationSizeMb: this.#memoryMb },
    });
    // A thread that was given up may still speak: only the present one is heard.
    const listener = (): Listener | undefined => (this.#worker === worker ? this.#listener : undefined);
    worker.on('message', (message: unknown) => listener()?.onMessage(message));
    worker.on('error', (error: unknown) => {
      listener()?.onEnd(isOutOfMemory(error) ? 'scan-memory' : 'scan-failed', asError(error).message);
    });
    worker.on('exit', (code) => listener()?.onEnd('scan-failed', `exit ${code}`));
    worker.unref();
    return worker;
  }

  async #exchange<Result>(
    worker: Worker,
    request: ScanRequest,
    signal: AbortSignal | undefined,
    { onMessage, onLost }: Conversation<Result>,
  ): Promise<Result> {
    const limit = (request.limits?.cpuMs ?? defaultScanLimits.cpuMs) + GRACE_MS;
    const before = worker.performance.eventLoopUtilization();
    using cleanup = new DisposableStack();
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    const end = (rule: RuleId, evidence: string): void => {
      this.#discard(worker);
      resolve(onLost(rule, evidence));
    };
    const watch = setInterval(() => {
      const busy = worker.performance.eventLoopUtilization(before).active;
      if (busy > limit) end('scan-time', `${Math.round(busy)} ms`);
    }, WATCH_EVERY_MS);
    cleanup.defer(() => {
      clearInterval(watch);
    });
    const onAbort = (): void => {
      this.#discard(worker);
      reject(asError(signal?.reason));
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    cleanup.defer(() => signal?.removeEventListener('abort', onAbort));
    this.#listener = {
      onEnd: end,
      onMessage: (message) => {
        if (!isWorkerMessage(message)) return;
        const result = onMessage(message);
        if (result !== undefined) resolve(result);
      },
    };
    worker.postMessage(request);
    return await promise;
  }

  /** The thread is lost: the next scan starts another one. */
  #discard(worker: Worker): void {
    if (this.#worker === worker) this.#worker = undefined;
    void worker.terminate();
  }
}

/** What was found before keeps its verdict (scan-rules §1, "fail closed"). */
function interrupted(path: string, findings: readonly Finding[], rule: RuleId, evidence: string): ScanReport {
  const context = new ScanContext({ fileSize: 0, limits: defaultScanLimits });
  context.report(rule, '', { evidence });
  const all = [...findings, ...context.findings];
  return withoutContent(path, verdictOf(new Set(all.map((finding) => rules[finding.rule]))), all);
}

function isOutOfMemory(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
