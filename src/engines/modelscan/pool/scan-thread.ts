/** One thread of the pool and the watch over it: a scan that hangs or eats memory ends with its thread. */
import { Worker } from 'node:worker_threads';

import { SECOND } from '#kernel/units';

import { defaultScanLimits } from '../limits.ts';
import { type Finding, type ScanReport, verdictOf } from '../report.ts';
import { type RuleId, rules } from '../rules.ts';
import { ScanContext } from '../scan-context.ts';
import { withoutContent } from '../scan-file.ts';
import { isWorkerMessage, type ScanRequest } from './worker-protocol.ts';

const WATCH_EVERY_MS = 250;
/** The scan ends itself at its CPU limit; a thread that is still busy this much later is stuck. */
const GRACE_MS = 2 * SECOND;

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

  /** Scans one file. Only one call at a time. @throws the reason of `signal` when it is aborted. */
  async run(request: ScanRequest, signal: AbortSignal | undefined): Promise<ScanReport> {
    signal?.throwIfAborted();
    const worker = (this.#worker ??= this.#start());
    try {
      return await this.#exchange(worker, request, signal);
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

  async #exchange(worker: Worker, request: ScanRequest, signal: AbortSignal | undefined): Promise<ScanReport> {
    const findings: Finding[] = [];
    const limit = (request.limits?.cpuMs ?? defaultScanLimits.cpuMs) + GRACE_MS;
    const before = worker.performance.eventLoopUtilization();
    using cleanup = new DisposableStack();
    const { promise, resolve, reject } = Promise.withResolvers<ScanReport>();
    const end = (rule: RuleId, evidence: string): void => {
      this.#discard(worker);
      resolve(interrupted(request.path, findings, rule, evidence));
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
        if (message.kind === 'finding') findings.push(message.finding);
        else if (message.kind === 'report') resolve(message.report);
        else resolve(interrupted(request.path, findings, 'scan-failed', message.reason));
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
