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
  const durable = await durableRanges(`${target}.part.json`);
  const end = Math.max(0, ...durable.map(([, stop]) => stop));
  if (dice.chance(0.5)) await truncate(`${target}.part`, dice.int(Math.min(end, size), size));
  else await dropPages(`${target}.part`, size, durable, dice);
}

async function dropPages(path: string, size: number, durable: readonly Range[], dice: Dice): Promise<void> {
  await using handle = await open(path, 'r+');
  for (let at = 0; at + PAGE <= size; at += PAGE) {
    const isDurable = durable.some(([start, stop]) => start < at + PAGE && at < stop);
    if (!isDurable && dice.chance(0.3)) await handle.write(Buffer.alloc(PAGE), 0, PAGE, at);
  }
}

type Range = readonly [start: number, end: number];

async function durableRanges(path: string): Promise<readonly Range[]> {
  const text = await readFile(path, 'utf8').catch(() => '{}');
  const journal = JSON.parse(text) as { readonly segments?: readonly Range[] };
  return journal.segments ?? [];
}

async function sizeOf(path: string): Promise<number | undefined> {
  return stat(path).then(
    ({ size }) => size,
    () => undefined,
  );
}
