/** Work over one connection that is made when it is needed, and made anew when it broke. */
import { setTimeout } from 'node:timers/promises';
import type { SFTPWrapper } from 'ssh2';
import { storageUnreachable } from '#engines/vault';
import { isKuraError } from '#kernel/errors';
import { SECOND } from '#kernel/units';

import { openSftp, type SftpConnection, type SftpDeps } from './sftp-connection.ts';

export interface SftpSession extends AsyncDisposable {
  /** `work` is done again from its beginning when the connection breaks, so it must be safe to repeat. */
  run<T>(work: (sftp: SFTPWrapper) => Promise<T>, signal?: AbortSignal): Promise<T>;
}

const ATTEMPTS = 4;

export function createSftpSession(deps: SftpDeps): SftpSession {
  let current: Promise<SftpConnection> | undefined;

  async function connection(signal: AbortSignal | undefined): Promise<SftpConnection> {
    const known = await current?.catch(() => undefined);
    if (known !== undefined && !known.isOver()) return known;
    // Whoever comes first connects for all; the others wait for the same connection.
    if (current === undefined || known !== undefined) current = openSftp(deps, signal);
    try {
      return await current;
    } catch (error) {
      current = undefined;
      throw error;
    }
  }

  return {
    async run(work, signal) {
      for (let attempt = 1; ; attempt += 1) {
        signal?.throwIfAborted();
        let used: SftpConnection | undefined;
        try {
          used = await connection(signal);
          return await orAborted(Promise.race([work(used.sftp), used.lost]), signal);
        } catch (error) {
          signal?.throwIfAborted();
          const isBroken =
            used === undefined ? isKuraError(error) && error.code === 'vault.storage-unreachable' : used.isOver();
          if (!isBroken) throw error;
          if (attempt === ATTEMPTS)
            throw isKuraError(error)
              ? error
              : storageUnreachable({ location: deps.place.location, cause: error }, reasonOf(error));
          await setTimeout((2 ** attempt * SECOND) / 10, undefined, signal === undefined ? {} : { signal });
        }
      }
    },
    async [Symbol.asyncDispose]() {
      const open = await current?.catch(() => undefined);
      open?.[Symbol.dispose]();
    },
  };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A server that does not answer must not keep who has lost interest. */
async function orAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return await work;
  const aborted = Promise.withResolvers<never>();
  function onAbort(): void {
    aborted.reject(signal?.reason);
  }
  work.catch(() => undefined);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
