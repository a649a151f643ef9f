/** From where pages may take files into the library. */
import { realpath } from 'node:fs/promises';

import { KuraError, systemCode } from '#kernel/errors';
import { wayDown } from '#kernel/way-down';

export interface AdoptPlaces {
  readonly libraryFolder: string;
  /** Besides the library's own folder, where files may be adopted from a page. Absolute. */
  readonly adoptFolders?: (() => readonly string[]) | undefined;
}

/**
 * The real path, so that a link inside of an allowed folder opens no other. What is outside is refused alike whether it
 * is there or not: the answer must not tell what stands elsewhere on the machine. Asked again when the job runs: it may
 * have waited, and a folder may be a link by then.
 * @throws KuraError refused `models.adopt-elsewhere`, not-found `models.adopt-not-found`
 */
export async function allowedPath({ libraryFolder, adoptFolders }: AdoptPlaces, path: string): Promise<string> {
  const folders = [libraryFolder, ...(adoptFolders?.() ?? [])];
  const roots = (await Promise.all(folders.map(realOrNothing))).filter((root) => root !== undefined);
  const elsewhere = new KuraError('refused', 'models.adopt-elsewhere', { params: { path } });
  if (!isBelowAny([...folders, ...roots], path)) throw elsewhere;
  const real = await realOrNothing(path);
  if (real === undefined) throw new KuraError('not-found', 'models.adopt-not-found', { params: { path } });
  if (!isBelowAny(roots, real)) throw elsewhere;
  return real;
}

function isBelowAny(folders: readonly string[], path: string): boolean {
  return folders.some((folder) => wayDown(folder, path) !== undefined);
}

async function realOrNothing(path: string): Promise<string | undefined> {
  try {
    return await realpath(path);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return undefined;
    throw error;
  }
}
