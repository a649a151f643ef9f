/** Removes a file that may be gone already. */
import { unlink } from 'node:fs/promises';
import { systemCode } from '#kernel/errors';

/** `fs.rm` looks first and asks for its options to be checked: several times the cost, once for each file downloaded. */
export async function removeFile(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
}
