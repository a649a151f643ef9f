/** SIGINT and SIGTERM as one AbortSignal: the first asks everybody to stop, the second ends the process at once. */
import { KuraError } from '#kernel/errors';

export function stopSignal(emitter: Pick<NodeJS.Process, 'on' | 'exit'>): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    emitter.on(name, () => {
      if (controller.signal.aborted) emitter.exit(130);
      controller.abort(new KuraError('interrupted', 'kernel.interrupted'));
    });
  }
  return controller.signal;
}
