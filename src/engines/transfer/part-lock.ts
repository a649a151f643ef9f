/** One writer per `.part`: a lock file naming the process, taken over when that process is gone (kill -9, power cut). */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import { readFile, rename, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '#kernel/clock';
import { KuraError, systemCode } from '#kernel/errors';
import { SECOND } from '#kernel/units';

import { removeFile } from './remove-file.ts';

/** A lock without a name in it was just created, unless it is older than this: then its maker died in between. */
const NAMELESS_GRACE_MS = 10 * SECOND;
/** Between two looks at a lock without a name: a living maker puts it in at once. */
const NAMELESS_LOOK_MS = 50;

/** As many as a process id has at most, so that a claim's name is no longer than one with a process id would be. */
const CLAIM_DIGITS = 7;

let start: string | undefined;

/** Part of the name in a lock, so that no two locks ever hold the same one: an heir looks for exactly the dead one. */
let acquisitions = 0;

interface Claimant {
  readonly owner: string;
  readonly clock: Clock;
}

/** @throws KuraError `transfer.busy` when a living process, this one included, is writing the same part. */
export async function lockPart(path: string, clock: Clock): Promise<AsyncDisposable> {
  acquisitions += 1;
  const owner = `${process.pid} ${ownStart()} ${acquisitions}`;
  if (!(await acquire(path, { owner, clock }))) throw new KuraError('conflict', 'transfer.busy', { params: { path } });
  return { [Symbol.asyncDispose]: () => removeFile(path) };
}

async function acquire(path: string, lock: Claimant): Promise<boolean> {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    if (create(path, lock.owner)) return true;
    const holder = await readHolderSoon(path, lock.clock);
    if (holder === undefined) continue;
    if (isAlive(holder)) return false;
    if (await inherit(path, holder, lock)) return true;
  }
  return false;
}

/** Without a turn of the event loop in between, so that hardly any end of the process falls before the name is in. */
function create(path: string, owner: string): boolean {
  let file: number;
  try {
    file = openSync(path, 'wx', 0o600);
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
  try {
    writeSync(file, owner);
    return true;
  } catch (error) {
    // A full disk: nobody is to wait for a name that does not come.
    unlinkSync(path);
    throw error;
  } finally {
    closeSync(file);
  }
}

/**
 * Waits for the name of a lock that was just created; empty when it never comes, undefined when the lock is gone. What
 * stays without one for the whole time under our eyes is dead as well, whatever a clock that jumped says of its age.
 */
async function readHolderSoon(path: string, clock: Clock): Promise<string | undefined> {
  for (let waited = 0; waited < NAMELESS_GRACE_MS; waited += NAMELESS_LOOK_MS) {
    const holder = await readHolder(path);
    if (holder !== '' || !(await isFresh(path, clock))) return holder;
    await sleep(NAMELESS_LOOK_MS);
  }
  return readHolder(path);
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

/**
 * Takes the place of a lock whose holder is gone. Removing it first would open a gap in which a late second finder
 * removes the winner's lock instead: so whoever creates the claim named after the dead holder is its only heir, looks
 * again whether it still stands there, and puts the claim in its place in one step. A claim is itself a lock: its maker
 * may die as well.
 */
async function inherit(path: string, holder: string, lock: Claimant): Promise<boolean> {
  const claim = `${path}.${createHash('sha256').update(holder).digest('hex').slice(0, CLAIM_DIGITS)}`;
  if (!(await acquire(claim, lock))) return false;
  if ((await readHolder(path)) === holder) {
    await rename(claim, path);
    return true;
  }
  await removeFile(claim);
  return false;
}

function isAlive(holder: string): boolean {
  const [id = '', since = ''] = holder.split(' ');
  return isRunning(Number(id), since);
}

/** A process id alone may have been given to somebody else since; its start time tells. */
export function isRunning(pid: number, since: string): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (systemCode(error) === 'ESRCH') return false;
  }
  return startOf(pid) === since;
}

/** When this process began, in clock ticks since boot; empty where there is no /proc. */
export function ownStart(): string {
  start ??= startOf(process.pid);
  return start;
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
