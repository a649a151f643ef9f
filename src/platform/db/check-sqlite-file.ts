import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';

/**
 * What SQLite's own integrity check finds in a file that nobody else uses; empty when it is sound. May write beside it.
 * @throws the reason of `signal`
 */
export async function checkSqliteFile(path: string, signal: AbortSignal): Promise<readonly string[]> {
  signal.throwIfAborted();
  const worker = new Worker(new URL('./sqlite-check-worker.ts', import.meta.url), { workerData: { path } });
  try {
    const [faults] = await once(worker, 'message', { signal });
    return z.array(z.string()).parse(faults);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    await worker.terminate();
  }
}
