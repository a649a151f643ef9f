/**
 * The thread that hashes and writes small files: one order each, because asking the system call by call from the event
 * loop costs several times what the calls do. Only waiting for the disk is left to the pool of the process, all of a pass
 * at once: file systems make durable together what is asked for together (`npm run bench transfer`).
 */
import {
  closeSync,
  fdatasync,
  fstatSync,
  fsync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { systemCode } from '#kernel/errors';

import type { FileHashes, HashName } from '../file-hashes.ts';
import { MultiHasher } from '../multi-hasher.ts';
import { isAbandoned } from './passing-name.ts';

export type DiskCommand = StoreCommand | PlaceCommand;

/** Bytes in shared memory, untouched until the report on them. */
export interface StoreCommand {
  readonly type: 'store';
  readonly ticket: number;
  /** A name that nobody else uses. */
  readonly path: string;
  readonly memory: SharedArrayBuffer;
  readonly offset: number;
  readonly length: number;
  readonly names: readonly HashName[];
}

export interface PlaceCommand {
  readonly type: 'place';
  readonly ticket: number;
  readonly from: string;
  readonly to: string;
  readonly mark: FileMark;
}

/** What changes when somebody else writes to a file or takes its place. */
export interface FileMark {
  readonly size: bigint;
  readonly mtimeNs: bigint;
  readonly ino: bigint;
}

/** `other-way`: the name is taken, or the volume has no links; nothing has been done. */
export type PlaceResult = 'placed' | 'changed' | 'other-way';

export type DiskReport =
  | { readonly type: 'stored'; readonly ticket: number; readonly hashes: FileHashes; readonly mark: FileMark }
  | { readonly type: 'placed'; readonly ticket: number; readonly result: PlaceResult }
  | { readonly type: 'failed'; readonly ticket: number; readonly message: string; readonly details: ErrorDetails };

/** A message between threads keeps no property of an error but its text. */
export interface ErrorDetails {
  readonly code: string | undefined;
  readonly path: string | undefined;
}

const linkRefusals = new Set<string | undefined>(['EEXIST', 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);
const port = parentPort;
/** Folders rid of what killed processes have left in them. */
const swept = new Set<string>();
/** What has come since the last pass: one pass waits for the disk once for all of it. */
let orders: DiskCommand[] = [];

/** Whether a pass waits for the disk: what comes meanwhile is gathered for the next one. */
let isBusy = false;

port?.on('message', (command: DiskCommand) => {
  orders.push(command);
  begin();
});

function begin(): void {
  if (isBusy || orders.length === 0) return;
  isBusy = true;
  // All that has been sent by now, not only what has been read from the port.
  setImmediate(() => {
    void carryOut().finally(() => {
      isBusy = false;
      begin();
    });
  });
}

/** Names first, then contents, then the waiting for all of them together; contents are hashed meanwhile. */
async function carryOut(): Promise<void> {
  const taken = orders;
  orders = [];
  const named = new Map<string, number[]>();
  const written: Written[] = [];
  for (const order of taken) {
    attempt(order.ticket, () => {
      if (order.type === 'place') place(order, named);
      else written.push(write(order));
    });
  }
  await Promise.all([
    ...Array.from(named, ([folder, tickets]) => syncNames(folder, tickets)),
    ...written.map((file) => makeDurable(file).catch((error: unknown) => fail(file.order.ticket, error))),
  ]);
}

function attempt(ticket: number, action: () => void): void {
  try {
    action();
  } catch (error) {
    fail(ticket, error);
  }
}

interface Written {
  readonly order: StoreCommand;
  readonly file: number;
}

function write(order: StoreCommand): Written {
  const { path, memory, offset, length } = order;
  const bytes = Buffer.from(memory, offset, length);
  const file = openNew(path);
  try {
    for (let done = 0; done < length; ) done += writeSync(file, bytes, done, length - done, done);
    return { order, file };
  } catch (error) {
    closeSync(file);
    unlinkSync(path);
    throw error;
  }
}

async function makeDurable({ order, file }: Written): Promise<void> {
  const { ticket, path, memory, offset, length, names } = order;
  const durable = synced(fdatasync, file);
  const hasher = new MultiHasher(names);
  hasher.update(Buffer.from(memory, offset, length));
  try {
    await durable;
    const { size, mtimeNs, ino } = fstatSync(file, { bigint: true });
    post({ type: 'stored', ticket, hashes: hasher.digest(), mark: { size, mtimeNs, ino } });
  } catch (error) {
    unlinkSync(path);
    throw error;
  } finally {
    closeSync(file);
  }
}

type Sync = (descriptor: number, done: (error: NodeJS.ErrnoException | null) => void) => void;

function synced(sync: Sync, descriptor: number): Promise<void> {
  return new Promise((resolve, reject) => {
    sync(descriptor, (error) => (error ? reject(error) : resolve()));
  });
}

/** Owner-only until it is committed: it may be anything. */
function openNew(path: string): number {
  const folder = dirname(path);
  try {
    sweep(folder);
    return openSync(path, 'wx+', 0o600);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    mkdirSync(folder, { recursive: true });
    return openSync(path, 'wx+', 0o600);
  }
}

function sweep(folder: string): void {
  if (swept.has(folder)) return;
  swept.add(folder);
  for (const name of readdirSync(folder)) if (isAbandoned(name)) unlinkSync(join(folder, name));
}

function place({ ticket, from, to, mark }: PlaceCommand, named: Map<string, number[]>): void {
  const now = statSync(from, { bigint: true, throwIfNoEntry: false });
  if (now?.size !== mark.size || now.mtimeNs !== mark.mtimeNs || now.ino !== mark.ino) {
    post({ type: 'placed', ticket, result: 'changed' });
    return;
  }
  try {
    linkSync(from, to);
  } catch (error) {
    if (!linkRefusals.has(systemCode(error))) throw error;
    post({ type: 'placed', ticket, result: 'other-way' });
    return;
  }
  unlinkSync(from);
  const folder = dirname(to);
  const waiting = named.get(folder);
  if (waiting) waiting.push(ticket);
  else named.set(folder, [ticket]);
}

async function syncNames(folder: string, tickets: readonly number[]): Promise<void> {
  try {
    const descriptor = openSync(folder, 'r');
    try {
      await synced(fsync, descriptor);
    } finally {
      closeSync(descriptor);
    }
    for (const ticket of tickets) post({ type: 'placed', ticket, result: 'placed' });
  } catch (error) {
    for (const ticket of tickets) fail(ticket, error);
  }
}

function fail(ticket: number, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  const path = error instanceof Error && 'path' in error ? String(error.path) : undefined;
  post({ type: 'failed', ticket, message, details: { code: systemCode(error), path } });
}

function post(report: DiskReport): void {
  port?.postMessage(report);
}
