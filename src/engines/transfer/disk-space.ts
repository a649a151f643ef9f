/** Asks the volume before filling it. */
import { statfs } from 'node:fs/promises';
import { KuraError } from '#kernel/errors';

export interface SpaceNeed {
  /** Folder on the volume in question. */
  readonly folder: string;
  readonly neededBytes: number;
  /** To be left free besides. */
  readonly reserveBytes: number;
}

/** Bytes an ordinary user may still write on the volume that holds `path`. */
export async function freeBytesOf(path: string): Promise<number> {
  const volume = await statfs(path);
  return volume.bavail * volume.bsize;
}

/** @throws KuraError `transfer.disk-space` when the bytes would not fit. */
export async function ensureSpace(need: SpaceNeed, freeBytes: (path: string) => Promise<number>): Promise<void> {
  const free = await freeBytes(need.folder);
  if (free >= need.neededBytes + need.reserveBytes) return;
  throw new KuraError('unavailable', 'transfer.disk-space', {
    params: { folder: need.folder, neededBytes: need.neededBytes + need.reserveBytes, freeBytes: free },
  });
}
