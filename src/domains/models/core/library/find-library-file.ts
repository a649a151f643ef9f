/** Files of the library by what people call them: their id, or where they stand. */
import { resolve } from 'node:path';

import { KuraError } from '#kernel/errors';
import type { Database } from '#platform/db';

import { findLibraryFile, findLibraryFileAt, type LibraryFile } from '../../store/library-store.ts';

/** @throws KuraError `models.library-file-not-found`. */
export async function requireLibraryFile(
  { database }: { readonly database: Database },
  name: string,
): Promise<LibraryFile> {
  const file = (await findLibraryFile(database, name)) ?? (await findLibraryFileAt(database, resolve(name)));
  if (file === undefined) throw new KuraError('not-found', 'models.library-file-not-found', { params: { name } });
  return file;
}
