/** `--from FILE`, `--from -`: the text of a list somebody keeps. */
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';

import { KuraError, systemCode } from '#kernel/errors';

/** @throws KuraError invalid `models.list-is-a-folder`; what the system says of a file that cannot be read. */
export async function readListFile(file: string): Promise<string> {
  try {
    return file === '-' ? await text(process.stdin) : await readFile(file, 'utf8');
  } catch (error) {
    if (systemCode(error) !== 'EISDIR') throw error;
    throw new KuraError('invalid', 'models.list-is-a-folder', { params: { path: file }, cause: error });
  }
}
