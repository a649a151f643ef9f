/**
 * What an image of Kura holds, written into it: whoever stands it up again holds everything against these numbers.
 * An image is a folder: `manifest.json`, `database/`, `sealed/` (what may not lie in the clear, under the master key) and
 * `home/` (every other file of the data directory that is truth).
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readFile, realpath, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

import { z } from 'zod';

import { KuraError, systemCode } from '#kernel/errors';

const manifestName = 'manifest.json';
const count = z.number().int().nonnegative();

/** Below the folder of an image that is for it, as Kura writes it there; separators as on the machine that wrote it. */
function pathBelow(folder: string) {
  return z.string().refine((path) => {
    const [first, ...names] = path.split(/[\\/]/);
    const isPlain = names.length > 0 && names.every((name) => !['', '.', '..'].includes(name) && !name.includes('\0'));
    return first === folder && isPlain;
  });
}

function keptFileSchema(folder: string) {
  return z.object({ path: pathBelow(folder), bytes: count, sha256: z.string() });
}

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
  database: keptFileSchema('database'),
  /** Rows by table, at the moment of the copy. */
  counts: z.record(z.string(), count),
  sealed: z.array(keptFileSchema('sealed')),
  /** Below `home/`. */
  files: z.object({ count, bytes: count }),
  /** Settings that came from the environment, by name: they are not in the image. */
  variables: z.array(z.string()),
});

export type ImageManifest = z.output<typeof manifestSchema>;
export type KeptFile = z.output<ReturnType<typeof keptFileSchema>>;

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

/** What is only in an image sealed; in its open part it would take the place of what was proved. */
const neverOpen = [join('home', 'kura.yaml'), join('home', 'run')];

/** Paths of the files that are not as the manifest says, lie behind a link, or are where no image has them. */
export async function damagedFiles(image: string, manifest: ImageManifest): Promise<readonly string[]> {
  const root = await realpath(image);
  const damaged: string[] = [];
  for (const path of neverOpen) if (await isThere(join(root, path))) damaged.push(path);
  // What is put in place is moved out of there.
  if ((await isThere(join(root, 'home'))) && !(await isPlain(root, 'home'))) damaged.push('home');
  for (const { path, sha256 } of [manifest.database, ...manifest.sealed]) {
    const isRight = (await isPlain(root, path)) && (await describeFile(root, path)).sha256 === sha256;
    if (!isRight) damaged.push(path);
  }
  return damaged;
}

/** Whether it is there, and neither a link nor behind one. @param root Without links. */
async function isPlain(root: string, path: string): Promise<boolean> {
  const place = join(root, path);
  return (await isThere(place)) && (await realpath(place)) === place;
}

async function isThere(path: string): Promise<boolean> {
  return await lstat(path).then(
    () => true,
    (error: unknown) => {
      if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return false;
      throw error;
    },
  );
}
