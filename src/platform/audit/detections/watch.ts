/** Keeps the rules up with the log while a server runs: soon after entries were sealed, and once in a while. */
import type { Sealing } from '../chain/sealing.ts';
import { type DetectorDeps, detect } from './detector.ts';

export interface WatchOptions {
  readonly sealing: Pick<Sealing, 'onSealed' | 'seal'>;
  readonly everyMs: number;
  readonly reportError: (error: unknown) => void;
}

/** Entries of other processes are noticed within `everyMs`. */
export function watchLog(deps: DetectorDeps, { sealing, everyMs, reportError }: WatchOptions): AsyncDisposable {
  let running: Promise<void> | undefined;
  let isAsked = false;
  const over = new AbortController();

  async function run(): Promise<void> {
    // Out of the transaction whose commit was heard of.
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
    while (isAsked && !over.signal.aborted) {
      isAsked = false;
      try {
        await sealing.seal();
        await detect(deps);
      } catch (error) {
        reportError(error);
      }
    }
    running = undefined;
  }
  function ask(): void {
    isAsked = true;
    running ??= run();
  }

  const stopHearing = sealing.onSealed(ask);
  const timer = setInterval(ask, everyMs);
  timer.unref();
  ask();
  return {
    async [Symbol.asyncDispose]() {
      over.abort();
      stopHearing();
      clearInterval(timer);
      await running;
    },
  };
}
