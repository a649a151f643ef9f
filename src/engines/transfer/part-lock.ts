/** One writer per `.part`: a lock file naming the process, taken over when that process is gone (kill -9, power cut). */
import { readFileSync } from 'node:fs';
import { open, readFile, rename, stat } from 'node:fs/promises';
import type { Clock } from '#kernel/clock';
import { KuraError, systemCode } from '#kernel/errors';
import { SECOND } from '#kernel/units';

import { removeFile } from './remove-file.ts';

/** A lock without a name in it was just created, unless it is older than this: then its maker died in between. */
const NAMELESS_GRACE_MS = 10 * SECOND;

let ownStart: string | undefined;

/** @throws KuraError `transfer.busy` when a living process, this one included, is writing the same part. */
export async function lockPart(path: string, clock: Clock): Promise<AsyncDisposable> {
  ownStart ??= startOf(process.pid);
  const owner = `${process.pid} ${ownStart}`;
  for (let attempt = 0; attempt < 3; attempt += 1) {
    if (await create(path, owner)) return { [Symbol.asyncDispose]: () => removeFile(path) };
    const holder = await readHolder(path);
    if (holder === '' ? await isFresh(path, clock) : holder !== undefined && isAlive(holder)) break;
    await removeStale(path, holder);
  }
  throw new KuraError('conflict', 'transfer.busy', { params: { path } });
}

async function create(path: string, owner: string): Promise<boolean> {
  try {
    await using handle = await open(path, 'wx', 0o600);
    await handle.writeFile(owner);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}

async function readHolder(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function isFresh(path: string, clock: Clock): Promise<boolean> {
  const lock = await stat(path).catch(() => undefined);
  return lock !== undefined && clock.now() - lock.mtimeMs < NAMELESS_GRACE_MS;
}

/** By rename, so that of two who found the same dead lock only one removes it. */
async function removeStale(path: string, holder: string | undefined): Promise<void> {
  const aside = `${path}.${process.pid}`;
  try {
    await rename(path, aside);
    if ((await readHolder(aside)) === holder) await removeFile(aside);
    else await rename(aside, path);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
}

/** A process id alone may have been given to somebody else since; its start time tells. */
function isAlive(holder: string): boolean {
  const [id = '', start = ''] = holder.split(' ');
  const pid = Number(id);
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (systemCode(error) === 'ESRCH') return false;
  }
  return startOf(pid) === start;
}

/** Start time in clock ticks since boot (field 22 of /proc/PID/stat); empty where there is no /proc. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
