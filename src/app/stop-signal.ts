/** SIGINT and SIGTERM as one AbortSignal: the first asks everybody to stop, the second ends the process at once. */
import { KuraError } from '#kernel/errors';
import { exitCodes } from '#platform/cli';

/** What of the process is needed here. */
interface SignalSource {
  on(name: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
  exit(code: number): never;
}

const SAME_PRESS_MS = 300;

export function stopSignal(emitter: SignalSource): AbortSignal {
  const controller = new AbortController();
  let first = 0;
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    emitter.on(name, () => {
      const now = performance.now();
      // npm passes Ctrl-C on to its child although the terminal has already sent it: one press, two signals.
      if (controller.signal.aborted && now - first > SAME_PRESS_MS) emitter.exit(exitCodes.interrupted);
      if (controller.signal.aborted) return;
      first = now;
      controller.abort(new KuraError('interrupted', 'kernel.interrupted'));
    });
  }
  return controller.signal;
}
