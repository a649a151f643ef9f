/**
 * One writer per repository. A writer leaves `locks/ID` with who it is and a heartbeat; a second one sees it and stops.
 * Backends need no exclusive create: both write first and look afterwards, so that of two at the same moment at least
 * one sees the other.
 */
import { readFileSync, readlinkSync } from 'node:fs';

import { z } from 'zod';

import type { Clock, Random } from '#kernel/clock';
import { isKuraError, KuraError } from '#kernel/errors';
import { MINUTE } from '#kernel/units';

import type { VaultStorage } from '../storage/storage.ts';

export interface WriterLock extends AsyncDisposable {
  /** Aborts, with KuraError conflict `vault.lock-lost`, when somebody took the lock away. */
  readonly lost: AbortSignal;
  /** For the moment before something final: a process that slept has not noticed yet. @throws KuraError `vault.lock-lost`. */
  confirm(): Promise<void>;
}

export interface LockHolder {
  readonly host: string;
  readonly pid: number;
  /** Boot and process-id namespace: containers may share a host name but not their processes. Empty where unknown. */
  readonly processSpace: string;
  /** Start of the process in clock ticks since boot, so that a reused pid is not taken for its predecessor. */
  readonly processStart: string;
}

export interface LockDeps {
  readonly storage: VaultStorage;
  readonly clock: Clock;
  readonly random: Random;
  readonly host: string;
}

/** The folder of the locks. */
export const LOCKS = 'locks/';
const HEARTBEAT_EVERY = MINUTE;
/** A holder that cannot be asked (another host) and was silent for so long is taken for dead. */
const SILENT_FOR = 10 * MINUTE;

const lockSchema = z.object({
  format: z.literal('kura-vault-lock'),
  version: z.literal(1),
  purpose: z.string(),
  host: z.string(),
  pid: z.int(),
  processSpace: z.string(),
  processStart: z.string(),
  startedAt: z.iso.datetime(),
  heartbeatAt: z.iso.datetime(),
});
type Lock = z.infer<typeof lockSchema>;

/** @throws KuraError conflict `vault.locked` with host, pid and start of the other writer. */
export async function acquireWriterLock(deps: LockDeps, purpose: string, signal: AbortSignal): Promise<WriterLock> {
  const { storage, clock } = deps;
  const key = `${LOCKS}${Buffer.from(deps.random.bytes(16)).toString('hex')}`;
  const startedAt = new Date(clock.now()).toISOString();
  const holder = thisProcess(deps.host);

  async function beat(): Promise<void> {
    const heartbeatAt = new Date(clock.now()).toISOString();
    const lock: Lock = { format: 'kura-vault-lock', version: 1, purpose, ...holder, startedAt, heartbeatAt };
    await storage.write(key, Buffer.from(`${JSON.stringify(lock)}\n`));
  }

  signal.throwIfAborted();
  await refuseOtherWriters(deps, holder, key, signal);
  await beat();
  try {
    await refuseOtherWriters(deps, holder, key, signal);
  } catch (error) {
    await storage.remove(key);
    throw error;
  }
  const lost = new AbortController();
  const timer = setInterval(() => void keepAlive(), HEARTBEAT_EVERY).unref();

  async function keepAlive(): Promise<void> {
    try {
      await storage.read(key);
      await beat();
    } catch (error) {
      // An unreachable storage will show in the work itself; only a removed lock means that another writer is at work.
      if (!isKuraError(error) || error.code !== 'vault.object-missing') return;
      lost.abort(new KuraError('conflict', 'vault.lock-lost', { params: { location: storage.location } }));
    }
  }

  return {
    lost: lost.signal,
    async confirm() {
      await keepAlive();
      lost.signal.throwIfAborted();
    },
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await storage.remove(key);
    },
  };
}

async function refuseOtherWriters(
  deps: LockDeps,
  self: LockHolder,
  ownKey: string,
  signal: AbortSignal,
): Promise<void> {
  for await (const { key } of deps.storage.list(LOCKS, signal)) {
    if (key === ownKey) continue;
    const lock = await readLock(deps.storage, key);
    if (lock === undefined) continue;
    if (!isStale(lock, self, deps.clock.now())) {
      throw new KuraError('conflict', 'vault.locked', {
        params: { location: deps.storage.location, host: lock.host, pid: lock.pid, since: lock.startedAt, lock: key },
      });
    }
    await deps.storage.remove(key, signal);
  }
}

/** Undefined when it is gone. @throws KuraError conflict `vault.lock-unreadable`. */
export async function readLock(storage: VaultStorage, key: string): Promise<Lock | undefined> {
  try {
    const json: unknown = JSON.parse(Buffer.from(await storage.read(key)).toString('utf8'));
    return lockSchema.parse(json);
  } catch (error) {
    if (isKuraError(error) && error.code === 'vault.object-missing') return undefined;
    throw new KuraError('conflict', 'vault.lock-unreadable', {
      params: { lock: key, location: storage.location },
      cause: error,
    });
  }
}

/** Exported for its tests: the rule by which a lock may be broken without asking anybody. */
export function isStale(lock: LockHolder & { readonly heartbeatAt: string }, self: LockHolder, nowMs: number): boolean {
  const sameSpace = lock.host === self.host && lock.processSpace === self.processSpace;
  if (!sameSpace) return nowMs - Date.parse(lock.heartbeatAt) > SILENT_FOR;
  if (lock.pid === self.pid) return lock.processStart !== self.processStart;
  return !isAlive(lock.pid) || lock.processStart !== processStart(lock.pid);
}

export function thisProcess(host: string): LockHolder {
  return { host, pid: process.pid, processSpace: processSpace(), processStart: processStart(process.pid) };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function processSpace(): string {
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return '';
  }
}

function processStart(pid: number): string {
  try {
    // Field 22 of proc_pid_stat(5); the name in field 2 may contain anything, its closing bracket is the last one.
    return readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
