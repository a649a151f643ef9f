/**
 * The thread that hashes and writes small files: one order each, because asking the system call by call from the event
 * loop costs several times what the calls do.
 */
import {
  closeSync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
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

port?.on('message', (command: DiskCommand) => {
  if (orders.length === 0) setImmediate(carryOut);
  orders.push(command);
});

/**
 * Names first, then contents, then the waiting: the first file that is made durable takes most of the others, and the
 * names, along with it.
 */
function carryOut(): void {
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
  for (const file of written) attempt(file.order.ticket, () => makeDurable(file));
  for (const [folder, tickets] of named) syncNames(folder, tickets);
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

function makeDurable({ order, file }: Written): void {
  const { ticket, path, memory, offset, length, names } = order;
  let mark: FileMark;
  try {
    fdatasyncSync(file);
    mark = fstatSync(file, { bigint: true });
  } catch (error) {
    unlinkSync(path);
    throw error;
  } finally {
    closeSync(file);
  }
  const hasher = new MultiHasher(names);
  hasher.update(Buffer.from(memory, offset, length));
  const { size, mtimeNs, ino } = mark;
  post({ type: 'stored', ticket, hashes: hasher.digest(), mark: { size, mtimeNs, ino } });
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

function syncNames(folder: string, tickets: readonly number[]): void {
  try {
    const descriptor = openSync(folder, 'r');
    try {
      fsyncSync(descriptor);
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
