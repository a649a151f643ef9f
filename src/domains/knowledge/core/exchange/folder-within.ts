/** Folders below one that others may have filled, a repository say, made without being led out of it. */
import { mkdir, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { KuraError, systemCode } from '#kernel/errors';
import { wayDown } from '#kernel/way-down';

/**
 * Makes the folders of a file that is seen from the folder, part by part: nothing is made behind a link that leads out.
 * @throws KuraError `knowledge.sync-outside`: a link among them leads out of the folder, or nowhere.
 */
export async function folderWithin(folder: string, file: string): Promise<void> {
  const base = await realpath(folder);
  let path = base;
  for (const part of dirname(file).split('/')) {
    path = join(path, part);
    try {
      await mkdir(path);
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error;
    }
    await refuseOutside(base, path, file);
  }
}

/**
 * @param base as `realpath` says it
 * @throws KuraError `knowledge.sync-outside`: a link leads from the folder to somewhere else, or nowhere.
 */
export async function refuseOutside(base: string, path: string, file: string): Promise<void> {
  const real = await realpath(path).catch(() => undefined);
  if (real === undefined || wayDown(base, real) === undefined)
    throw new KuraError('forbidden', 'knowledge.sync-outside', { params: { file } });
}
