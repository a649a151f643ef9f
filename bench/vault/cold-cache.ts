import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** What was read before is read from the disk again. False where that needs rights we do not have. */
export async function dropCaches(): Promise<boolean> {
  await promisify(execFile)('sync');
  return writeFile('/proc/sys/vm/drop_caches', '3').then(
    () => true,
    () => false,
  );
}
