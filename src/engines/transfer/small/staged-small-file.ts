/** A small file that is verified, durable and under a name of its own: named in one order to the disk's thread. */
import { link, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';

import { unlessNoFolder } from '../part-access.ts';
import { removeFile } from '../remove-file.ts';
import {
  type CommitOptions,
  type CommittedFile,
  partChanged,
  placeFile,
  type StagedFile,
  type StagedFileFacts,
} from '../staged-file.ts';
import type { SmallDisk, StoredFile } from './small-disk.ts';

export interface StagedSmallFile {
  readonly facts: StagedFileFacts;
  readonly stored: StoredFile;
  readonly disk: SmallDisk;
  /** The right to write the target's part. */
  readonly access: AsyncDisposable;
}

export function stageSmallFile({ facts, stored, disk, access }: StagedSmallFile): StagedFile {
  let path: string | undefined = stored.path;

  async function commit({ to = facts.target, replace }: CommitOptions): Promise<CommittedFile> {
    const result = await disk.place(stored, to);
    if (result === 'changed') throw partChanged(stored.path);
    if (result === 'placed') return { path: to, outcome: 'created' };
    // Whatever comes of it, it waits under a name that people and later runs know.
    path = await keepAsPart(stored.path, facts.path);
    const committed = await placeFile({ ...facts, path }, { to, replace });
    if (committed.outcome === 'already-there') await removeFile(path);
    return committed;
  }

  return {
    ...facts,
    path: stored.path,
    async commit(options = {}) {
      const committed = await commit(options).catch((error: unknown) => {
        throw unlessNoFolder(error, dirname(options.to ?? facts.target));
      });
      path = undefined;
      await access[Symbol.asyncDispose]();
      return committed;
    },
    async discard() {
      if (path !== undefined) await removeFile(path);
      path = undefined;
      await access[Symbol.asyncDispose]();
    },
    async [Symbol.asyncDispose]() {
      if (path === stored.path) path = await keepAsPart(stored.path, facts.path);
      await access[Symbol.asyncDispose]();
    },
  };
}

/** Says where it is now: a part that is there, or a volume without links, leaves it where it was. */
async function keepAsPart(path: string, partPath: string): Promise<string> {
  try {
    await link(path, partPath);
    await unlink(path);
    return partPath;
  } catch {
    return path;
  }
}
