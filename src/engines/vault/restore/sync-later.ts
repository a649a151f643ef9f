/**
 * Files under new names are made durable together when all are written: an fsync for each small file costs as much as
 * everything else that is done for it. What replaces another file is made durable first, so that a power cut leaves the
 * old content or the new one.
 */
import { fstatSync, lstatSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';

import type { Libc } from '../file-system/libc.ts';

export interface SyncLater {
  /** Whether the written file may get its final name before it is durable: `finish` then sees to it. */
  mayWait(descriptor: number, final: Buffer): boolean;
  /** Everything is durable afterwards. */
  finish(): Promise<void>;
}

/** @param root of the restore; what lies in other file systems below it is not put off. */
export function createSyncLater(libc: Libc | undefined, root: Buffer): SyncLater {
  let covered: bigint | undefined;
  return {
    mayWait(descriptor, final) {
      if (libc === undefined || lstatSync(final, { throwIfNoEntry: false }) !== undefined) return false;
      covered ??= statSync(root, { bigint: true }).dev;
      return fstatSync(descriptor, { bigint: true }).dev === covered;
    },
    async finish() {
      if (libc === undefined || covered === undefined) return;
      await using folder = await open(root, 'r');
      await libc.syncFileSystem(folder.fd);
    },
  };
}
