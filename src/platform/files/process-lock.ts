/**
 * One process per named resource of a data directory (P-007). The lock is a file created exclusively, naming its owner;
 * a heartbeat renews it. It is stale when its process is gone from this host, or, on another host (shared disk), when
 * the heartbeat is older than ten minutes.
 */
import { randomUUID } from 'node:crypto';
import { link, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

import type { Clock } from '#kernel/clock';
import { KuraError, systemCode } from '#kernel/errors';
import { MINUTE, SECOND } from '#kernel/units';

import { processStartTime } from './process-start-time.ts';

const ownerSchema = z.object({
  id: z.string(),
  pid: z.number().int(),
  host: z.string(),
  command: z.string(),
  since: z.string(),
  /** Kernel start time of the process, so that a reused pid is not taken for the owner. */
  started: z.string(),
});

export type LockOwner = z.output<typeof ownerSchema>;

export interface LockRequest {
  /** Folder that holds the lock file. */
  readonly folder: string;
  /** What is locked, e.g. `library`. */
  readonly name: string;
  /** What the owner is doing, for the one who waits: `kura models get`. */
  readonly command: string;
  readonly clock: Clock;
  readonly waitMs: number;
  readonly signal?: AbortSignal;
  /** Called once when somebody else holds the lock. */
  readonly onWait?: (owner: LockOwner) => void;
}

const heartbeatMs = 15 * SECOND;
const foreignStaleMs = 10 * MINUTE;
/** Longer than any takeover takes; a guard this old was left by a process that died inside. */
const guardStaleMs = 10 * SECOND;

/** @throws KuraError conflict `files.locked` when the owner does not let go within `waitMs`. */
export async function acquireLock(request: LockRequest): Promise<AsyncDisposable> {
  const path = join(request.folder, `${request.name}.lock`);
  const deadline = request.clock.monotonic() + request.waitMs;
  const mine = await describeMyself(request);
  let told = false;
  for (;;) {
    if (await createExclusively(path, mine)) return hold(path, mine);
    const owner = await readOwner(path);
    if (owner === undefined) continue;
    if (await isStale(path, owner, request.clock)) {
      await removeStale(path, request.clock);
      continue;
    }
    if (!told) request.onWait?.(owner);
    told = true;
    if (request.clock.monotonic() >= deadline) throw lockedBy(request.name, owner);
    await sleep(250, undefined, { signal: request.signal });
  }
}

/** Who holds the lock right now, stale owners excluded. */
export async function lockOwner(folder: string, name: string, clock: Clock): Promise<LockOwner | undefined> {
  const path = join(folder, `${name}.lock`);
  const owner = await readOwner(path);
  return owner === undefined || (await isStale(path, owner, clock)) ? undefined : owner;
}

async function describeMyself(request: LockRequest): Promise<LockOwner> {
  return {
    id: randomUUID(),
    pid: process.pid,
    host: hostname(),
    command: request.command,
    since: new Date(request.clock.now()).toISOString(),
    started: (await processStartTime(process.pid)) ?? '',
  };
}

/** Written aside and linked into place, so that nobody ever reads a half-written lock. */
async function createExclusively(path: string, owner: LockOwner): Promise<boolean> {
  const aside = `${path}.${owner.id}`;
  await writeFile(aside, JSON.stringify(owner), { mode: 0o600 });
  try {
    await link(aside, path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

async function readOwner(path: string): Promise<LockOwner | undefined> {
  try {
    return ownerSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw new KuraError('conflict', 'files.lock-unreadable', { params: { path }, cause: error });
  }
}

async function isStale(path: string, owner: LockOwner, clock: Clock): Promise<boolean> {
  if (owner.host === hostname()) {
    const started = await processStartTime(owner.pid);
    return started === undefined || (owner.started !== '' && started !== owner.started);
  }
  const age = await heartbeatAge(path, clock);
  return age !== undefined && age > foreignStaleMs;
}

async function heartbeatAge(path: string, clock: Clock): Promise<number | undefined> {
  try {
    return clock.now() - (await stat(path)).mtimeMs;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Staleness is judged again and the lock removed under a guard file, so that no fresh lock is ever taken away. */
async function removeStale(path: string, clock: Clock): Promise<void> {
  const guard = `${path}.takeover`;
  try {
    await writeFile(guard, '', { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
    const age = await heartbeatAge(guard, clock);
    if (age !== undefined && age > guardStaleMs) await rm(guard, { force: true });
    await sleep(20);
    return;
  }
  try {
    const owner = await readOwner(path);
    if (owner !== undefined && (await isStale(path, owner, clock))) await rm(path, { force: true });
  } finally {
    await rm(guard, { force: true });
  }
}

function hold(path: string, mine: LockOwner): AsyncDisposable {
  const timer = setInterval(() => {
    const now = new Date();
    void utimes(path, now, now).catch(() => undefined);
  }, heartbeatMs);
  timer.unref();
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      const owner = await readOwner(path).catch(() => undefined);
      if (owner?.id === mine.id) await rm(path, { force: true });
    },
  };
}

function lockedBy(name: string, owner: LockOwner): KuraError {
  return new KuraError('conflict', 'files.locked', {
    params: { name, command: owner.command, pid: owner.pid, host: owner.host, since: owner.since },
  });
}
