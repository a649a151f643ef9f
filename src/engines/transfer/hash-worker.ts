/** The hashing thread: follows files as they grow, reading back what was just written from the page cache. */
import { closeSync, openSync, readSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { MIB } from '#kernel/units';

import type { FileHashes, HashName } from './file-hashes.ts';
import { MultiHasher } from './multi-hasher.ts';

export type HashCommand =
  | { readonly type: 'open'; readonly id: number; readonly path: string; readonly names: readonly HashName[] }
  | { readonly type: 'advance'; readonly id: number; readonly upTo: number }
  | { readonly type: 'finish'; readonly id: number; readonly sizeBytes: number }
  | { readonly type: 'close'; readonly id: number };

export type HashReport =
  | { readonly type: 'hashed'; readonly id: number; readonly bytes: number }
  | { readonly type: 'done'; readonly id: number; readonly hashes: FileHashes }
  | { readonly type: 'failed'; readonly id: number; readonly error: unknown };

interface Following {
  readonly file: number;
  readonly hasher: MultiHasher;
  hashed: number;
  upTo: number;
  finishAt: number | undefined;
}

const BLOCK = MIB;
/** Blocks of one file before the others and the mailbox get their turn. */
const TURN = 8;

const port = parentPort;
const buffer = Buffer.allocUnsafeSlow(BLOCK);
const followed = new Map<number, Following>();
let scheduled = false;

port?.on('message', (command: HashCommand) => {
  try {
    obey(command);
  } catch (error) {
    fail(command.id, error);
  }
});

function obey(command: HashCommand): void {
  if (command.type === 'open') {
    const file = openSync(command.path, 'r');
    followed.set(command.id, { file, hasher: new MultiHasher(command.names), hashed: 0, upTo: 0, finishAt: undefined });
    return;
  }
  if (command.type === 'close') {
    drop(command.id);
    return;
  }
  const following = followed.get(command.id);
  if (!following) return;
  if (command.type === 'finish') following.finishAt = command.sizeBytes;
  following.upTo = Math.max(following.upTo, command.type === 'finish' ? command.sizeBytes : command.upTo);
  schedule();
}

function schedule(): void {
  if (scheduled) return;
  scheduled = true;
  setImmediate(() => {
    scheduled = false;
    for (const [id, following] of followed) {
      try {
        if (takeTurn(id, following)) schedule();
      } catch (error) {
        fail(id, error);
      }
    }
  });
}

/** Hashes a few blocks; says whether more are waiting. */
function takeTurn(id: number, following: Following): boolean {
  const before = following.hashed;
  for (let block = 0; block < TURN && following.hashed < following.upTo; block += 1) readBlock(following);
  if (following.hashed > before) post({ type: 'hashed', id, bytes: following.hashed });
  if (following.hashed === following.finishAt) {
    post({ type: 'done', id, hashes: following.hasher.digest() });
    drop(id);
    return false;
  }
  return following.hashed < following.upTo;
}

function readBlock(following: Following): void {
  const wanted = Math.min(BLOCK, following.upTo - following.hashed);
  const count = readSync(following.file, buffer, 0, wanted, following.hashed);
  if (count === 0) throw new Error(`the file ends at ${following.hashed}, before byte ${following.upTo}`);
  following.hasher.update(buffer.subarray(0, count));
  following.hashed += count;
}

function fail(id: number, error: unknown): void {
  post({ type: 'failed', id, error });
  drop(id);
}

function drop(id: number): void {
  const following = followed.get(id);
  if (!following) return;
  followed.delete(id);
  closeSync(following.file);
}

function post(report: HashReport): void {
  port?.postMessage(report);
}
