/** Stands an image up in an empty data directory: what is sealed is opened, the database is put where the settings say. */
import { randomBytes } from 'node:crypto';
import { chmod, cp, mkdir, readdir, readFile, rename, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

import { systemClock, systemRandom } from '#kernel/clock';
import { KuraError, systemCode } from '#kernel/errors';
import { type Environment, loadConfig, storedSecretPath } from '#platform/config';
import { isEmptyDatabase, openDatabase } from '#platform/db';
import { createHomeFolder, homeFolder, writeFileAtomic, writePrivateFileOnce } from '#platform/files';
import { type AeadKey, masterKeyOf, openFromFile } from '#platform/secrets';

import { damagedFiles, type ImageManifest, readManifest } from './image-manifest.ts';
import { restorePostgres } from './postgres-programs.ts';
import { isStoredSecret, sealingName } from './stage-image.ts';

export interface Placing {
  /** Its parts are moved away, not copied. */
  readonly image: string;
  readonly home: string;
  /** The master key, as a recovery kit holds it. Written into the data directory unless the environment names one. */
  readonly masterKey: string;
  /** Where it names a database (`KURA_DATABASE_URL`), that one is filled; it must be empty. */
  readonly environment: Environment;
}

/**
 * @throws KuraError invalid `recovery.not-an-image`, `recovery.other-database`; mismatch `recovery.other-master-key`,
 * `recovery.image-damaged`; conflict `recovery.home-not-empty`, `recovery.database-not-empty`.
 */
export async function placeImage(placing: Placing, signal: AbortSignal): Promise<ImageManifest> {
  const { image, home: root, masterKey } = placing;
  const manifest = await readManifest(image);
  const master = masterKeyOf(masterKey);
  requireKey(manifest, master);
  await requireEmpty(root);
  const damaged = await damagedFiles(image, manifest);
  if (damaged.length > 0) {
    throw new KuraError('mismatch', 'recovery.image-damaged', { params: { files: damaged.join(', ') } });
  }
  signal.throwIfAborted();
  await createHomeFolder(homeFolder(root));
  await openSealed(placing, manifest, master);
  await moveFiles(join(image, 'home'), root);
  await putDatabase(placing, manifest, signal);
  return manifest;
}

function requireKey({ masterKeyId }: ImageManifest, { id }: AeadKey): void {
  if (id === masterKeyId) return;
  throw new KuraError('mismatch', 'recovery.other-master-key', { params: { id, needed: masterKeyId } });
}

/** Nobody's data is in the way of a mistake. */
async function requireEmpty(root: string): Promise<void> {
  const names = await readdir(root).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  });
  if (names.length > 0) throw new KuraError('conflict', 'recovery.home-not-empty', { params: { folder: root } });
}

async function openSealed({ image, home, masterKey, environment }: Placing, manifest: ImageManifest, master: AeadKey) {
  if (environment['KURA_MASTER_KEY'] === undefined && environment['KURA_MASTER_KEY_FILE'] === undefined) {
    await writePrivateFileOnce(storedSecretPath(home, 'master.key'), `${masterKey}\n`);
  }
  for (const { path } of manifest.sealed) {
    const place = relative('sealed', path);
    const text = await readFile(join(image, path), 'utf8');
    const opened = openFromFile([master], sealingName(place), text.trim());
    if (opened === undefined) throw new KuraError('mismatch', 'recovery.image-damaged', { params: { files: path } });
    await mkdir(dirname(join(home, place)), { recursive: true, mode: 0o700 });
    await writeFileAtomic(join(home, place), isStoredSecret(place) ? text : opened, { mode: 0o600 });
  }
}

async function moveFiles(from: string, to: string): Promise<void> {
  const entries = await readdir(from, { withFileTypes: true }).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  });
  for (const entry of entries) {
    // Empty folders are there already.
    if (entry.isDirectory()) await mkdir(join(to, entry.name), { recursive: true });
    if (entry.isDirectory()) await moveFiles(join(from, entry.name), join(to, entry.name));
    else await move(join(from, entry.name), join(to, entry.name));
  }
}

async function move(from: string, to: string): Promise<void> {
  await rename(from, to).catch(async (error: unknown) => {
    if (systemCode(error) !== 'EXDEV') throw error;
    await cp(from, to, { verbatimSymlinks: true, preserveTimestamps: true });
  });
}

async function putDatabase({ image, home, environment }: Placing, manifest: ImageManifest, signal: AbortSignal) {
  const { config } = loadConfig({ home, environment });
  const url = config.database.url ?? `sqlite:${homeFolder(home).database}`;
  const file = join(image, manifest.database.path);
  const isPostgres = /^postgres(?:ql)?:/.test(url);
  if (isPostgres !== (manifest.dialect === 'postgres')) {
    throw new KuraError('invalid', 'recovery.other-database', { params: { dialect: manifest.dialect } });
  }
  if (isPostgres) {
    await requireEmptyDatabase(url);
    await restorePostgres({ url, dump: file, environment }, signal);
    return;
  }
  const path = url.replace(/^sqlite:(?:\/\/)?/, '');
  await requireNoFile(path);
  await mkdir(dirname(path), { recursive: true });
  const aside = `${path}.${randomBytes(6).toString('hex')}`;
  await move(file, aside);
  await chmod(aside, 0o600);
  await rename(aside, path);
}

async function requireEmptyDatabase(url: string): Promise<void> {
  await using database = await openDatabase({ url, clock: systemClock, random: systemRandom });
  if (!(await isEmptyDatabase(database))) throw new KuraError('conflict', 'recovery.database-not-empty');
}

/** The settings may name a place outside the data directory. */
async function requireNoFile(path: string): Promise<void> {
  const found = await stat(path).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (found !== undefined) throw new KuraError('conflict', 'recovery.database-not-empty');
}
