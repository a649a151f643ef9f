/** Whole-file writes that are either there or not, also after a power cut: write aside, fsync, rename, fsync folder. */
import { randomBytes } from 'node:crypto';
import { open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { processStartTime } from './process-start-time.ts';

export interface WriteAtomicOptions {
  /** File mode; default 0o644. Secrets take 0o600. */
  readonly mode?: number;
}

/** What this process writes aside just now. */
const drafts = new Set<string>();

export async function writeFileAtomic(
  path: string,
  content: string | Uint8Array | AsyncIterable<string | Uint8Array>,
  options: WriteAtomicOptions = {},
): Promise<void> {
  const aside = `${path}.${process.pid}-${randomBytes(6).toString('hex')}.tmp`;
  drafts.add(aside);
  try {
    const file = await open(aside, 'wx', options.mode ?? 0o644);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  } finally {
    drafts.delete(aside);
  }
  await syncFolder(dirname(path));
}

/** Removes what killed processes have left of writing this file. For folders that people look into. */
export async function clearAbandonedDrafts(path: string): Promise<void> {
  const folder = dirname(path);
  const beginning = `${basename(path)}.`;
  for (const name of await readdir(folder)) {
    const pid = name.startsWith(beginning)
      ? /^(\d+)-[0-9a-f]{12}\.tmp$/.exec(name.slice(beginning.length))?.[1]
      : undefined;
    if (pid === undefined || drafts.has(join(folder, name))) continue;
    const isLiving = Number(pid) !== process.pid && (await processStartTime(Number(pid))) !== undefined;
    if (!isLiving) await rm(join(folder, name), { force: true });
  }
}

/** Makes a rename or removal inside `folder` durable; a no-op where the system cannot open folders (Windows). */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
