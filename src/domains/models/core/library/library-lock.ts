/** One process writes the library at a time (trap 25); within it, as many downloads as like. */
import type { Clock } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { acquireLock, type LockOwner } from '#platform/files';

export interface LibraryLockOptions {
  /** Folder of lock files. */
  readonly folder: string;
  /** Who holds it, for those who wait: `models get`. */
  readonly command: string;
  readonly clock: Clock;
  /** How long to wait for another process. */
  readonly waitMs: () => number;
}

export interface LockRequest {
  readonly signal?: AbortSignal;
  readonly onWait?: (owner: LockOwner) => void;
  /** Jobs of a server have time: they wait until the other process is done, or their signal aborts. */
  readonly patiently?: boolean;
}

export interface LibraryLock {
  /**
   * Waits for other processes; everybody in this one shares the lock.
   * @throws KuraError conflict `files.locked`.
   */
  acquire(request?: LockRequest): Promise<AsyncDisposable>;
}

interface Held {
  readonly lock: Promise<AsyncDisposable>;
  /** Ends the waiting when nobody wants the lock any more. */
  readonly givenUp: AbortController;
}

export function createLibraryLock(options: LibraryLockOptions): LibraryLock {
  let users = 0;
  let held: Held | undefined;
  let released: Promise<unknown> = Promise.resolve();

  function take(request: LockRequest): Held {
    const givenUp = new AbortController();
    const lock = released.then(() =>
      acquireLock({
        folder: options.folder,
        name: 'library',
        command: options.command,
        clock: options.clock,
        waitMs: request.patiently === true ? Number.POSITIVE_INFINITY : options.waitMs(),
        signal: givenUp.signal,
        ...(request.onWait === undefined ? {} : { onWait: request.onWait }),
      }),
    );
    return { lock, givenUp };
  }

  async function release(): Promise<void> {
    users -= 1;
    if (users > 0 || held === undefined) return;
    const { lock, givenUp } = held;
    held = undefined;
    givenUp.abort(new KuraError('interrupted', 'kernel.interrupted'));
    released = lock.then((one) => one[Symbol.asyncDispose]()).catch(() => undefined);
    await released;
  }

  return {
    async acquire(request = {}) {
      users += 1;
      held ??= take(request);
      try {
        await unlessAborted(held.lock, request.signal);
      } catch (error) {
        await release();
        throw error;
      }
      return { [Symbol.asyncDispose]: release };
    },
  };
}

/** The lock itself is everybody's: one who gives up waiting must not take it from the others. */
async function unlessAborted(lock: Promise<AsyncDisposable>, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  function abort(): void {
    aborted.reject(signal?.reason);
  }
  signal?.addEventListener('abort', abort, { once: true });
  try {
    await Promise.race([lock, aborted.promise]);
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}
