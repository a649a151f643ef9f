/** Where a program stands. */
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';

/** Fixed, so that nobody's PATH decides which program is trusted. */
const systemFolders = ['/usr/local/bin', '/usr/bin', '/bin', '/usr/sbin', '/sbin'];

/** Path of a program given by name or by absolute path; undefined where there is none that may be executed. */
export async function findProgram(
  name: string,
  folders: readonly string[] = systemFolders,
): Promise<string | undefined> {
  const candidates = isAbsolute(name) ? [name] : folders.map((folder) => join(folder, name));
  for (const path of candidates) {
    if (await isExecutable(path)) return path;
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
