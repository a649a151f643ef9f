import type { Worker } from 'node:worker_threads';

/** How a request is waited for. */
export interface Waiting {
  readonly signal: AbortSignal;
  /** Once its turn has come; what takes longer is stuck. */
  readonly limitMs: number;
}

export interface ResidentThreadOptions<Report> {
  readonly start: () => Worker;
  /** How long it stays after an answer. */
  readonly idleMs: number;
  /** Whether it has answered for the last time: what it holds is broken. */
  readonly isSpent?: (report: Report) => boolean;
}

/**
 * A thread that answers each message with one of its own, one request after the other. It begins with the first, stays for a
 * while in case more comes, and without work keeps no process alive.
 */
export class ResidentThread<Request, Report> {
  readonly #options: ResidentThreadOptions<Report>;
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #before: Promise<unknown> = Promise.resolve();

  constructor(options: ResidentThreadOptions<Report>) {
    this.#options = options;
  }

  /**
   * @throws the signal's reason; a `TimeoutError` past the limit; what the thread died of. After each of them that thread is gone,
   * and the next request begins another.
   */
  async ask(request: Request, waiting: Waiting): Promise<Report> {
    const report = this.#before.then(async () => this.#askNow(request, waiting));
    this.#before = report.catch(() => undefined);
    return await report;
  }

  /** Ends the thread there is. */
  async stop(): Promise<void> {
    clearTimeout(this.#idle);
    const ended = this.#worker;
    this.#worker = undefined;
    await ended?.terminate();
  }

  async #askNow(request: Request, { signal, limitMs }: Waiting): Promise<Report> {
    signal.throwIfAborted();
    clearTimeout(this.#idle);
    const { start, idleMs, isSpent } = this.#options;
    this.#worker ??= start();
    try {
      const report = await exchange<Report>(
        this.#worker,
        request,
        AbortSignal.any([signal, AbortSignal.timeout(limitMs)]),
      );
      if (isSpent?.(report) === true) await this.stop();
      else this.#idle = setTimeout(() => void this.stop(), idleMs).unref();
      return report;
    } catch (error) {
      // It is at something else, or gone.
      await this.stop();
      throw error;
    }
  }
}

async function exchange<Report>(worker: Worker, request: unknown, signal: AbortSignal): Promise<Report> {
  const { promise, resolve, reject } = Promise.withResolvers<Report>();
  function abort(): void {
    reject(signal.reason);
  }
  function ended(): void {
    reject(new Error('the thread ended'));
  }
  worker.once('message', resolve);
  worker.once('error', reject);
  worker.once('exit', ended);
  signal.addEventListener('abort', abort, { once: true });
  worker.ref();
  try {
    worker.postMessage(request);
    return await promise;
  } finally {
    worker.unref();
    worker.off('message', resolve);
    worker.off('error', reject);
    worker.off('exit', ended);
    signal.removeEventListener('abort', abort);
  }
}
