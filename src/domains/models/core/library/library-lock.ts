/** One process writes the library at a time (trap 25); within it, as many downloads as like. */
import type { Clock } from '#kernel/clock';
import { acquireLock, type LockOwner } from '#platform/files';

export interface LibraryLockOptions {
  /** Folder of lock files. */
  readonly folder: string;
  /** Who holds it, for those who wait: `models get`. */
  readonly command: string;
  readonly clock: Clock;
  readonly waitMs: () => number;
}

export interface LibraryLock {
  /**
   * Waits for other processes; everybody in this one shares the lock.
   * @throws KuraError conflict `files.locked`.
   */
  acquire(options?: {
    readonly signal?: AbortSignal;
    readonly onWait?: (owner: LockOwner) => void;
  }): Promise<AsyncDisposable>;
}

export function createLibraryLock(options: LibraryLockOptions): LibraryLock {
  let users = 0;
  /** The lock while somebody here has it, or is getting or giving it. */
  let held: Promise<AsyncDisposable> | undefined;
  let released: Promise<void> = Promise.resolve();

  async function release(): Promise<void> {
    users -= 1;
    if (users > 0 || held === undefined) return;
    const lock = held;
    held = undefined;
    released = lock.then((one) => one[Symbol.asyncDispose]()).catch(() => undefined);
    await released;
  }

  return {
    async acquire(request = {}) {
      users += 1;
      held ??= released.then(() =>
        acquireLock({
          folder: options.folder,
          name: 'library',
          command: options.command,
          clock: options.clock,
          waitMs: options.waitMs(),
          ...(request.onWait === undefined ? {} : { onWait: request.onWait }),
        }),
      );
      try {
        await unlessAborted(held, request.signal);
      } catch (error) {
        await release();
        throw error;
      }
      return { [Symbol.asyncDispose]: release };
    },
  };
}

/** The lock itself is everybody's: one who gives up waiting must not take it from the others. */
async function unlessAborted(held: Promise<AsyncDisposable>, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  function abort(): void {
    aborted.reject(signal?.reason);
  }
  signal?.addEventListener('abort', abort, { once: true });
  try {
    await Promise.race([held, aborted.promise]);
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}
