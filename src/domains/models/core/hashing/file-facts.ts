/** By what one sees that a file is still the one that was measured. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';

import type { FileFacts } from '../../store/measured-hash-store.ts';

/** @throws system errors of reading the file's entry. */
export async function factsOf(path: string): Promise<FileFacts> {
  const { size, mtimeNs, ino } = await stat(path, { bigint: true });
  return { path: resolve(path), sizeBytes: Number(size), mtimeNs: String(mtimeNs), inode: String(ino) };
}
