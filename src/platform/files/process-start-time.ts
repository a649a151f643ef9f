/** Tells whether a process lives, and tells it apart from a later one that was given the same pid. */
import { readFile } from 'node:fs/promises';

import { systemCode } from '#kernel/errors';

/** An opaque mark of the process's start; `alive` where the system tells no more; undefined when there is none. */
export async function processStartTime(pid: number): Promise<string | undefined> {
  if (!isAlive(pid)) return undefined;
  try {
    // proc(5): field 22 counts after the command name, which stands in parentheses and may hold blanks.
    const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ').at(-1)?.split(' ') ?? [];
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return isAlive(pid) ? 'alive' : undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}
