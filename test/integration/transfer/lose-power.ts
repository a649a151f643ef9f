/**
 * What a power cut may do to a part: whatever was not made durable is dropped or was never there. Only the ranges that
 * the journal names are durable; everything else of the part, and the tail of the block log, is at the mercy of the disk.
 */
import { open, readFile, stat, truncate } from 'node:fs/promises';

import type { Dice } from '#stand-ins/fault-proxy';

const PAGE = 4096;

export async function losePower(target: string, dice: Dice): Promise<void> {
  const size = await sizeOf(`${target}.part`);
  if (size === undefined) return;
  const { segments = [], blockLog } = await readJournal(`${target}.part.json`);
  const end = Math.max(0, ...segments.map(([, stop]) => stop));
  if (dice.chance(0.5)) await truncate(`${target}.part`, dice.int(Math.min(end, size), size));
  else await dropPages(`${target}.part`, size, segments, dice);
  await dropTail(`${target}.part.blocks`, blockLog?.bytes ?? 0, dice);
}

/** The end of the log torn off anywhere, or there in length but not in bytes. */
async function dropTail(path: string, durableBytes: number, dice: Dice): Promise<void> {
  const size = await sizeOf(path);
  if (size === undefined || size <= durableBytes) return;
  const from = dice.int(durableBytes, size);
  await truncate(path, from);
  if (dice.chance(0.5)) await truncate(path, size);
}

async function dropPages(path: string, size: number, durable: readonly Range[], dice: Dice): Promise<void> {
  await using handle = await open(path, 'r+');
  for (let at = 0; at + PAGE <= size; at += PAGE) {
    const isDurable = durable.some(([start, stop]) => start < at + PAGE && at < stop);
    if (!isDurable && dice.chance(0.3)) await handle.write(Buffer.alloc(PAGE), 0, PAGE, at);
  }
}

type Range = readonly [start: number, end: number];

interface JournalParts {
  readonly segments?: readonly Range[];
  readonly blockLog?: { readonly bytes: number };
}

async function readJournal(path: string): Promise<JournalParts> {
  return JSON.parse(await readFile(path, 'utf8').catch(() => '{}')) as JournalParts;
}

async function sizeOf(path: string): Promise<number | undefined> {
  return stat(path).then(
    ({ size }) => size,
    () => undefined,
  );
}
