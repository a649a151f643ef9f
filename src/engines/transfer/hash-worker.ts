/**
 * The hashing thread. What arrives in order is hashed from the memory it arrived in; what arrived ahead of its turn is
 * read back, from the page cache as a rule, when its turn comes.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { MIB } from '#kernel/units';

import { blake3 } from './blocks/check-blocks.ts';
import type { FileHashes, HashName } from './file-hashes.ts';
import { MultiHasher } from './multi-hasher.ts';

export type HashCommand =
  | { readonly type: 'open'; readonly id: number; readonly path: string; readonly names: readonly HashName[] }
  | { readonly type: 'memory'; readonly id: number; readonly memory: SharedArrayBuffer }
  | BlocksCommand
  | { readonly type: 'advance'; readonly id: number; readonly upTo: number }
  | { readonly type: 'finish'; readonly id: number; readonly sizeBytes: number }
  | { readonly type: 'close'; readonly id: number };

/** Blocks that follow each other in the file, in shared memory, untouched until the report on them. */
export interface BlocksCommand {
  readonly type: 'blocks';
  readonly id: number;
  readonly ticket: number;
  /** The `id` of a memory announced before: sending it each time would have it counted and collected each time. */
  readonly memory: number;
  readonly stretches: readonly { readonly offset: number; readonly length: number }[];
  /** Where the first begins in the file if it is next in order; everything before it is on disk or was sent before. */
  readonly position: number | undefined;
}

export type HashReport =
  | { readonly type: 'hashed'; readonly id: number; readonly bytes: number }
  /** `hashed`: bytes of the file hashed by now, if it is still followed. */
  | {
      readonly type: 'blocks';
      readonly id: number;
      readonly ticket: number;
      /** The BLAKE3-256 of each stretch. */
      readonly digests: readonly Uint8Array[];
      readonly hashed: number | undefined;
    }
  | { readonly type: 'done'; readonly id: number; readonly hashes: FileHashes }
  | { readonly type: 'failed'; readonly id: number; readonly error: unknown };

interface Following {
  readonly path: string;
  file: number | undefined;
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
const memories = new Map<number, SharedArrayBuffer>();
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
    const { id, path, names } = command;
    const hasher = new MultiHasher(names);
    followed.set(id, { path, file: undefined, hasher, hashed: 0, upTo: 0, finishAt: undefined });
    return;
  }
  if (command.type === 'memory') {
    memories.set(command.id, command.memory);
    return;
  }
  if (command.type === 'blocks') {
    hashBlocks(command);
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

/** The report comes in any case: the memory has to be given back. */
function hashBlocks({ id, ticket, memory, stretches, position }: BlocksCommand): void {
  const following = followed.get(id);
  const digests: Uint8Array[] = [];
  const blocks = stretches.map(({ offset, length }) => viewOf(memory, offset, length));
  try {
    if (following && position !== undefined) while (following.hashed < position) readBlock(following);
    for (const bytes of blocks) {
      if (following && position !== undefined) {
        following.hasher.update(bytes);
        following.hashed += bytes.length;
      }
      digests.push(blake3(bytes));
    }
  } finally {
    for (const bytes of blocks.slice(digests.length)) digests.push(blake3(bytes));
    post({ type: 'blocks', id, ticket, digests, hashed: following?.hashed });
  }
}

function viewOf(memory: number, offset: number, length: number): Buffer {
  const bytes = memories.get(memory);
  if (!bytes) throw new RangeError(`memory ${memory} was not announced`);
  return Buffer.from(bytes, offset, length);
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
  following.file ??= openSync(following.path, 'r');
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
  if (following.file !== undefined) closeSync(following.file);
}

function post(report: HashReport): void {
  port?.postMessage(report);
}
