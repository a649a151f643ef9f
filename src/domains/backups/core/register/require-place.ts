/** Places on this machine that somebody named. */
import { stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';

import { KuraError } from '#kernel/errors';

/** @throws KuraError `backups.path-not-absolute`. */
export function requireAbsolute(path: string): void {
  if (!isAbsolute(path)) throw new KuraError('invalid', 'backups.path-not-absolute', { params: { path } });
}

/** @throws KuraError `backups.source-missing`. */
export async function requireFolder(path: string): Promise<void> {
  const facts = await stat(path).catch(() => undefined);
  if (facts?.isDirectory() === true) return;
  throw new KuraError('invalid', 'backups.source-missing', { params: { path } });
}
