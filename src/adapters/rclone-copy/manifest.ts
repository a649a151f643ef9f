/** What a copy made by rclone holds, with the hashes of the source: what it is held against when it is verified. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

import { systemCode } from '#kernel/errors';
import { parsedJson } from '#kernel/parsed-json';

import { type ListedFile } from './rclone-answers.ts';

const listedSchema = z.looseObject({
  path: z.string(),
  size: z.number(),
  modified: z.string(),
  sha256: z.string(),
});
export type Listed = Readonly<Pick<z.output<typeof listedSchema>, 'path' | 'size' | 'modified' | 'sha256'>>;

/** rclone writes a symbolic link as a small file of this name with the target as its content. */
export const linkSuffix = '.rclonelink';

export function readManifest(text: string): readonly Listed[] {
  return text.split('\n').flatMap((line) => {
    const listed = listedSchema.safeParse(parsedJson(line)).data;
    return listed === undefined ? [] : [listed];
  });
}

export function manifestText(files: readonly Listed[]): string {
  return files
    .map(({ path, size, modified, sha256 }) => `${JSON.stringify({ path, size, modified, sha256 })}\n`)
    .join('');
}

/** Files that look as they did when they were hashed last are not read again; what has gone meanwhile is left out. */
export async function hashFiles(
  source: string,
  files: readonly ListedFile[],
  known: readonly Listed[],
  signal: AbortSignal,
): Promise<readonly Listed[]> {
  const before = new Map(known.map((one) => [one.path, one]));
  const hashed: Listed[] = [];
  for (const file of files) {
    signal.throwIfAborted();
    const same = before.get(file.path);
    const isSame = same !== undefined && same.size === file.size && same.modified === file.modified;
    const sha256 = isSame ? same.sha256 : await hashOf(source, file.path, signal).catch(unlessGone);
    if (sha256 !== undefined) hashed.push({ ...file, sha256 });
  }
  return hashed;
}

function unlessGone(error: unknown): undefined {
  if (!['ENOENT', 'EACCES'].includes(systemCode(error) ?? '')) throw error;
}

async function hashOf(source: string, path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  if (path.endsWith(linkSuffix)) {
    const target = await readlink(join(source, path.slice(0, -linkSuffix.length)), 'buffer').catch(() => undefined);
    if (target !== undefined) return hash.update(target).digest('hex');
  }
  for await (const piece of createReadStream(join(source, path), { signal, highWaterMark: 1 << 20 }))
    hash.update(piece);
  return hash.digest('hex');
}
