/** What nginx serves: random bytes, so that nothing can be guessed or compressed. */
import { createHash, randomFillSync } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';

import { MIB } from '#kernel/units';

import type { NginxServer } from './nginx-server.ts';

export interface ServedFile {
  readonly name: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

export interface Source {
  /** Folder nginx serves. */
  readonly root: string;
  /** Folder on a disk to fetch into. */
  readonly out: string;
  readonly server: NginxServer;
  readonly large: ServedFile;
}

export async function makeSource(place: Omit<Source, 'large'>): Promise<Source> {
  await mkdir(place.out, { recursive: true });
  const mebibytes = Number(process.env['KURA_BENCH_MIB'] ?? '2048');
  return { ...place, large: await writeRandomFile(place.root, 'large.bin', mebibytes * MIB) };
}

export async function writeRandomFile(folder: string, name: string, sizeBytes: number): Promise<ServedFile> {
  const block = Buffer.allocUnsafe(Math.min(MIB, sizeBytes));
  const hash = createHash('sha256');
  await using file = await open(join(folder, name), 'w');
  for (let left = sizeBytes; left > 0; left -= block.length) {
    const piece = randomFillSync(block).subarray(0, left);
    hash.update(piece);
    await file.write(piece);
  }
  return { name, sizeBytes, sha256: hash.digest('hex') };
}
