import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

import { syncFolder } from '#platform/files';

/** A file written piece by piece that appears under its name only when it is whole; disposing before that removes it. */
export interface ListFile extends AsyncDisposable {
  write(text: string): Promise<void>;
  /** Puts it in its place, in place of an earlier one. */
  finish(): Promise<void>;
}

export async function openListFile(path: string): Promise<ListFile> {
  const aside = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  const file = await open(aside, 'wx');
  let isOpen = true;
  async function close(): Promise<void> {
    if (isOpen) await file.close();
    isOpen = false;
  }
  return {
    async write(text) {
      await file.write(text);
    },
    async finish() {
      await file.sync();
      await close();
      await rename(aside, path);
      await syncFolder(dirname(path));
    },
    async [Symbol.asyncDispose]() {
      await close();
      await rm(aside, { force: true });
    },
  };
}
