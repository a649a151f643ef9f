/** Bytes that are not what was published are evidence: they go beside the part, for the caller to quarantine. */
import { rename, stat } from 'node:fs/promises';
import { systemCode } from '#kernel/errors';

import { removeProof } from './part-state.ts';

/** Says where they are: `NAME.part.bad`, or with a number when there are some already. */
export async function setAside(partPath: string): Promise<string> {
  for (let count = 1; ; count += 1) {
    const bad = count === 1 ? `${partPath}.bad` : `${partPath}.bad-${count}`;
    if (await exists(bad)) continue;
    await rename(partPath, bad);
    await removeProof(partPath);
    return bad;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}
