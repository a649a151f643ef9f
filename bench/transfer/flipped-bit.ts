/** One bit of a complete download is turned over on the disk before it gets its name: what has to be fetched again. */
import { open } from 'node:fs/promises';
import { join } from 'node:path';

import { MIB } from '#kernel/units';

import { transfer } from './contest.ts';
import type { Source } from './make-source.ts';

export async function measureFlippedBit({ server, large, out }: Source): Promise<void> {
  const target = join(out, 'flipped.bin');
  const task = { urls: [`${server.http}/${large.name}`], out: target, sha256: large.sha256 };
  await transfer({ ...task, uncommitted: true });
  await flipBit(`${target}.part`, Math.floor(large.sizeBytes * 0.7));
  const { networkBytes, sha256, seconds } = await transfer(task);
  if (sha256[0] !== large.sha256) throw new Error('wrong bytes');
  const verdict = networkBytes <= MIB ? 'met' : 'NOT MET';
  const gib = (large.sizeBytes / 2 ** 30).toFixed(1);
  console.log(`\n## One flipped bit in ${gib} GiB\n`);
  console.log(
    `- ${networkBytes} bytes fetched again (asked ≤ one block of 1 MiB): ${verdict}; ${seconds.toFixed(1)} s`,
  );
}

async function flipBit(path: string, position: number): Promise<void> {
  await using file = await open(path, 'r+');
  const byte = Buffer.alloc(1);
  await file.read(byte, 0, 1, position);
  byte[0] = (byte[0] ?? 0) ^ 1;
  await file.write(byte, 0, 1, position);
}
