/** Asks the volume before filling it. */
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock } from '#kernel/clock';
import { KuraError, systemCode } from '#kernel/errors';
import { GIB, SECOND } from '#kernel/units';

import { BLOCK_BYTES } from './blocks/block-pool.ts';

export interface SpaceNeed {
  /** Folder on the volume in question. */
  readonly folder: string;
  readonly neededBytes: number;
  /** To be left free besides. */
  readonly reserveBytes: number;
}

export interface VolumeDeps {
  readonly clock: Clock;
  /** Free bytes of the volume that holds `path`; default `freeBytesOf`. */
  readonly freeBytes?: ((path: string) => Promise<number>) | undefined;
}

interface Reading {
  readonly freeBytes: number;
  readonly at: number;
}

/** Small files come by the hundred a second; for so long what was read for one says it for the others … */
const FRESH_MS = SECOND;
/** … where there is more room left than all of them can take in that time. */
const AMPLE_BYTES = 4 * GIB;
const MOST_READINGS = 64;

const readings = new Map<string, Reading>();

/** Bytes an ordinary user may still write on the volume that holds `path`. */
export async function freeBytesOf(path: string): Promise<number> {
  const volume = await statfs(path);
  return volume.bavail * volume.bsize;
}

/** The folder may be one that is still to be made. @throws KuraError `transfer.disk-space` when the bytes would not fit. */
export async function ensureSpace(need: SpaceNeed, { clock, freeBytes }: VolumeDeps): Promise<void> {
  const { folder, neededBytes, reserveBytes } = need;
  const known = freeBytes || neededBytes > BLOCK_BYTES ? undefined : readings.get(folder);
  const isFresh = known !== undefined && clock.monotonic() - known.at < FRESH_MS;
  if (isFresh && known.freeBytes - AMPLE_BYTES >= neededBytes + reserveBytes) return;
  const free = await (freeBytes ?? freeBytesNear)(folder);
  if (readings.size >= MOST_READINGS) readings.clear();
  readings.set(folder, { freeBytes: free, at: clock.monotonic() });
  if (free >= neededBytes + reserveBytes) return;
  throw new KuraError('unavailable', 'transfer.disk-space', {
    params: { folder, neededBytes: neededBytes + reserveBytes, freeBytes: free },
  });
}

async function freeBytesNear(folder: string): Promise<number> {
  try {
    return await freeBytesOf(folder);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT' || dirname(folder) === folder) throw error;
    return freeBytesNear(dirname(folder));
  }
}
