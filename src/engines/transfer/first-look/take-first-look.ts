/**
 * Shows the caller the head and the tail of a file before the rest is asked for, in requests that pass every check of an
 * ordinary answer. These bytes are fetched again with the rest: a few KiB against one path for all bytes that are kept.
 */
import { isKuraError } from '#kernel/errors';
import { KIB, MIB } from '#kernel/units';

import type { OpenedAnswer } from '../answer-reader.ts';
import { type Entity, ifRangeOf, mayJoinPieces, sameEntity } from '../entity.ts';
import { sourceChanged } from '../source-changed.ts';
import { cutShort, type TransferRun } from '../transfer-run.ts';
import type { FilePiece, FirstLook } from './first-look.ts';
import { FirstLookRefusal } from './first-look-refusal.ts';

/** Below this the whole file is here about as soon as its two ends. */
const LOOK_FROM = 4 * MIB;
const HEAD_BYTES = 128 * KIB;
const TAIL_BYTES = 128 * KIB;

type OpenedBody = Exclude<OpenedAnswer, { kind: 'beyond-end' }>;

/** @throws FirstLookRefusal when the caller wants nothing more of the file; TransferFault as any request. */
export async function takeFirstLook(run: TransferRun, signal: AbortSignal): Promise<void> {
  const { firstLook, expected } = run.request;
  if (!firstLook || (expected?.sizeBytes ?? LOOK_FROM) < LOOK_FROM) return;
  const opened = await run.open(run.isPlain ? undefined : { start: 0, end: HEAD_BYTES }, signal);
  // An empty file: whoever fetches it says what that means.
  if (opened.kind === 'beyond-end') return;
  const { entity } = opened;
  await begin(run, opened);
  const head = await readFirst(run, opened, signal);
  if ((entity.totalBytes ?? LOOK_FROM) < LOOK_FROM) return;
  const look = await lookAt(run, { entity, head, isRanged: opened.kind === 'range' }, signal);
  try {
    await firstLook(look, signal);
  } catch (error) {
    if (isKuraError(error) && !signal.aborted) throw new FirstLookRefusal(error);
    throw error;
  }
}

/** A length that is not the published one is refused before anything is looked at. */
async function begin(run: TransferRun, opened: OpenedBody): Promise<void> {
  // What comes in one stream is begun by the attempt that takes all of it.
  if (opened.kind === 'whole') return;
  try {
    await run.begin(opened.entity);
  } catch (error) {
    opened.reader[Symbol.dispose]();
    throw error;
  }
}

interface Seen {
  readonly entity: Entity;
  readonly head: Uint8Array;
  readonly isRanged: boolean;
}

async function lookAt(run: TransferRun, { entity, head, isRanged }: Seen, signal: AbortSignal): Promise<FirstLook> {
  const { totalBytes } = entity;
  const mayJoin = isRanged && totalBytes !== undefined && mayJoinPieces(entity, run.request.expected ?? {});
  if (!mayJoin) return { totalBytes, head, tail: undefined, read: undefined };
  async function read(start: number, end: number): Promise<Uint8Array> {
    return readRange(run, entity, { start, end: Math.min(end, totalBytes ?? end) }, signal);
  }
  const start = Math.max(head.length, totalBytes - TAIL_BYTES);
  const tail: FilePiece = { start, bytes: await read(start, totalBytes) };
  return { totalBytes, head, tail, read };
}

async function readRange(
  run: TransferRun,
  entity: Entity,
  range: { readonly start: number; readonly end: number },
  signal: AbortSignal,
): Promise<Uint8Array> {
  const opened = await run.open({ ...range, ifRange: ifRangeOf(entity) }, signal);
  if (opened.kind === 'range' && sameEntity(entity, opened.entity)) return readFirst(run, opened, signal);
  if (opened.kind !== 'beyond-end') opened.reader[Symbol.dispose]();
  throw sourceChanged(opened, entity);
}

/** All bytes of a ranged answer; of a whole one no more than a head. */
async function readFirst(run: TransferRun, opened: OpenedBody, signal: AbortSignal): Promise<Uint8Array> {
  using reader = opened.reader;
  const announced = opened.kind === 'range' ? opened.end - opened.start : (opened.entity.totalBytes ?? HEAD_BYTES);
  const due = opened.kind === 'range' ? announced : Math.min(announced, HEAD_BYTES);
  const bytes = new Uint8Array(due);
  let filled = 0;
  while (filled < due) {
    const chunk = await run.read(reader, signal);
    if (!chunk) break;
    bytes.set(chunk.subarray(0, due - filled), filled);
    filled += Math.min(chunk.length, due - filled);
  }
  run.budget.progress(filled);
  if (filled < due && opened.entity.totalBytes !== undefined) throw cutShort(filled, due);
  return bytes.subarray(0, filled);
}
