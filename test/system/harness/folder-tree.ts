/** What stands in a folder, for comparing two of them. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex').toUpperCase();
}

/** Paths of all files below `folder`, relative to it, sorted; empty when there is no such folder. */
export async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

/** Parts, journals, locks and what was set aside: nothing of it may outlive work that ended well. */
export async function leftovers(home: string): Promise<readonly string[]> {
  // Drafts of cached answers are swept by the cache itself, an hour after whoever wrote them has died.
  const files = (await filesBelow(home)).filter((path) => !path.startsWith('cache/'));
  return files.filter((path) => /\.part|\.lock|\.tmp|^quarantine/.test(path));
}

export async function bytesBelow(folder: string): Promise<number> {
  const sizes = await Promise.all(
    (await filesBelow(folder)).map(async (path) => (await stat(join(folder, path))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** `path SHA-256` of every file. */
export async function treeOf(folder: string): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const path of await filesBelow(folder)) lines.push(`${path} ${await sha256Of(join(folder, path))}`);
  return lines;
}
