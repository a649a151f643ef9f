/**
 * What an image of Kura holds, written into it: whoever stands it up again holds everything against these numbers.
 * An image is a folder: `manifest.json`, `database/`, `sealed/` (what may not lie in the clear, under the master key) and
 * `home/` (every other file of the data directory that is truth).
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

import { z } from 'zod';

import { KuraError, systemCode } from '#kernel/errors';

const manifestName = 'manifest.json';
const count = z.number().int().nonnegative();

const keptFileSchema = z.object({
  /** Below the image. */
  path: z.string(),
  bytes: count,
  sha256: z.string(),
});

const manifestSchema = z.object({
  format: z.literal('kura-image-1'),
  /** Of the program that made it. */
  version: z.string(),
  takenAt: z.iso.datetime(),
  host: z.string(),
  /** The data directory it was made of. */
  home: z.string(),
  /** The key without which nothing sealed opens; it is not in the image. */
  masterKeyId: z.string(),
  dialect: z.enum(['sqlite', 'postgres']),
  database: keptFileSchema,
  /** Rows by table, at the moment of the copy. */
  counts: z.record(z.string(), count),
  sealed: z.array(keptFileSchema),
  /** Below `home/`. */
  files: z.object({ count, bytes: count }),
  /** Settings that came from the environment, by name: they are not in the image. */
  variables: z.array(z.string()),
});

export type ImageManifest = z.output<typeof manifestSchema>;
export type KeptFile = z.output<typeof keptFileSchema>;

export async function writeManifest(image: string, manifest: ImageManifest): Promise<void> {
  await writeFile(join(image, manifestName), `${JSON.stringify(manifest, undefined, 2)}\n`, { mode: 0o600 });
}

/** @throws KuraError invalid `recovery.not-an-image` */
export async function readManifest(image: string): Promise<ImageManifest> {
  try {
    return manifestSchema.parse(JSON.parse(await readFile(join(image, manifestName), 'utf8')));
  } catch (cause) {
    throw new KuraError('invalid', 'recovery.not-an-image', { params: { folder: image }, cause });
  }
}

export async function describeFile(image: string, path: string): Promise<KeptFile> {
  const hash = createHash('sha256');
  const { size } = await stat(join(image, path));
  await pipeline(createReadStream(join(image, path), { highWaterMark: 1 << 20 }), hash);
  return { path, bytes: size, sha256: hash.digest('hex') };
}

/** Paths of the files that are not as the manifest says. */
export async function damagedFiles(image: string, manifest: ImageManifest): Promise<readonly string[]> {
  const damaged: string[] = [];
  for (const file of [manifest.database, ...manifest.sealed]) {
    const found = await describeFile(image, file.path).catch((error: unknown) => {
      if (systemCode(error) === 'ENOENT') return undefined;
      throw error;
    });
    if (found?.sha256 !== file.sha256) damaged.push(file.path);
  }
  return damaged;
}
