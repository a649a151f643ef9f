/**
 * The bytes of attachments: one file per content, named by its SHA-256. Files and rows cannot change in one step, so a file
 * is written before its row, looked for again after it, and put aside before it is known that nobody needs it.
 */
import { createHash } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { systemCode } from '#kernel/errors';
import { writeFileAtomic } from '#platform/files';

export interface AttachmentFiles {
  pathOf(sha256: string): string;
  /** There afterwards, whoever wrote it. */
  put(sha256: string, bytes: Uint8Array): Promise<void>;
  /** Undefined when it is not there, or is no longer what it was. */
  read(sha256: string): Promise<Uint8Array | undefined>;
  /** Takes away what nobody holds. */
  drop(contents: readonly string[], isHeld: (sha256: string) => Promise<boolean>): Promise<void>;
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** @param folder Made with the first file. */
export function createAttachmentFiles(folder: string): AttachmentFiles {
  function pathOf(sha256: string): string {
    return join(folder, sha256.slice(0, 2), sha256);
  }

  return {
    pathOf,

    async put(sha256, bytes) {
      const path = pathOf(sha256);
      if (await isThere(path)) return;
      await mkdir(dirname(path), { recursive: true });
      await writeFileAtomic(path, bytes, { mode: 0o600 });
    },

    async read(sha256) {
      const path = pathOf(sha256);
      const there = await readFile(path).catch(undefinedWhenAbsent);
      // Who put it aside may have died before asking whether somebody needs it.
      const bytes = there ?? (await readFile(asideOf(path)).catch(undefinedWhenAbsent));
      return bytes !== undefined && sha256Of(bytes) === sha256 ? bytes : undefined;
    },

    async drop(contents, isHeld) {
      for (const sha256 of contents) {
        if (await isHeld(sha256)) continue;
        const path = pathOf(sha256);
        const aside = asideOf(path);
        if (!(await moved(path, aside))) continue;
        // Whoever added it meanwhile either sees that it is gone and writes it again, or is seen here.
        if (await isHeld(sha256)) await link(aside, path).catch(passOverWhenThere);
        await rm(aside, { force: true });
      }
    },
  };
}

function asideOf(path: string): string {
  return `${path}.dropped`;
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(undefinedWhenAbsent)) !== undefined;
}

async function moved(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}

function undefinedWhenAbsent(error: unknown): undefined {
  if (systemCode(error) !== 'ENOENT') throw error;
}

function passOverWhenThere(error: unknown): void {
  if (systemCode(error) !== 'EEXIST') throw error;
}
