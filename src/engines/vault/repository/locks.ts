/** Locks for people: who holds one, and taking away what a dead writer left. */
import type { Instant } from '#kernel/brands';
import { instant } from '#kernel/brands';
import { isKuraError } from '#kernel/errors';

import type { VaultContext } from './vault-context.ts';
import { isStale, LOCKS, readLock, thisProcess } from './writer-lock.ts';

export interface LockFacts {
  /** Key of the lock in the storage. */
  readonly lock: string;
  /** `unreadable` locks say nothing about their holder. */
  readonly state: 'alive' | 'stale' | 'unreadable';
  readonly purpose: string;
  readonly host: string;
  readonly pid: number;
  readonly startedAt: Instant | undefined;
  readonly heartbeatAt: Instant | undefined;
}

export async function listLocks(context: VaultContext, signal?: AbortSignal): Promise<readonly LockFacts[]> {
  const locks: LockFacts[] = [];
  for await (const { key } of context.storage.list(LOCKS, signal)) {
    const facts = await factsOf(context, key);
    if (facts !== undefined) locks.push(facts);
  }
  return locks;
}

/** What was removed. A living holder keeps its lock even from `force` on this machine: end that process instead. */
export async function unlock(
  context: VaultContext,
  { force = false, signal }: { readonly force?: boolean; readonly signal?: AbortSignal },
): Promise<readonly LockFacts[]> {
  const removed: LockFacts[] = [];
  for (const lock of await listLocks(context, signal)) {
    const isElsewhere = lock.host !== context.host;
    if (lock.state !== 'stale' && !(force && (lock.state === 'unreadable' || isElsewhere))) continue;
    await context.storage.remove(lock.lock, signal);
    removed.push(lock);
  }
  await context.storage.sync(signal);
  return removed;
}

async function factsOf(context: VaultContext, key: string): Promise<LockFacts | undefined> {
  try {
    const lock = await readLock(context.storage, key);
    if (lock === undefined) return undefined;
    const { purpose, host, pid } = lock;
    return {
      lock: key,
      state: isStale(lock, thisProcess(context.host), context.clock.now()) ? 'stale' : 'alive',
      purpose,
      host,
      pid,
      startedAt: instant(new Date(lock.startedAt)),
      heartbeatAt: instant(new Date(lock.heartbeatAt)),
    };
  } catch (error) {
    if (!isKuraError(error) || error.code !== 'vault.lock-unreadable') throw error;
    const unknown = { purpose: '', host: '', pid: 0, startedAt: undefined, heartbeatAt: undefined };
    return { lock: key, state: 'unreadable', ...unknown };
  }
}
