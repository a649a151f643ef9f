/**
 * Puts an image of this installation into a folder. The database is one moment of itself while others go on writing. What may
 * not lie in the clear – configuration, keys, stored secrets – is sealed under the master key, which is not in the image.
 */
import { lstat, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join, relative, sep } from 'node:path';

import { type Clock, nowInstant, type Random } from '#kernel/clock';
import { systemCode } from '#kernel/errors';
import { countSqliteRows, type Database, type RowCounts, withExportedSnapshot } from '#platform/db';
import type { HomeFolder } from '#platform/files';
import { type AeadKey, isSealed, sealForFile } from '#platform/secrets';

import { describeFile, type ImageManifest, type KeptFile, writeManifest } from './image-manifest.ts';
import { mirrorFiles } from './mirror-files.ts';
import { dumpPostgres, type Variables } from './postgres-programs.ts';

export interface StagingDeps {
  readonly home: HomeFolder;
  readonly database: Database;
  /** Of a PostgreSQL database; undefined for SQLite. */
  readonly databaseUrl: string | undefined;
  readonly master: AeadKey;
  readonly environment: Variables;
  readonly clock: Clock;
  readonly random: Random;
  readonly version: string;
  /** Folders below the data directory that are protected elsewhere, or are backups themselves. */
  readonly leaveOut: readonly string[];
}

/** Of the data directory, what is sealed; folders with everything below them. */
const sealedPlaces = ['kura.yaml', join('run', 'audit'), join('run', 'secrets')];
const masterKeyFile = /^master\.key/;

/** The folder may hold an earlier image: what has not changed is left as it is. */
export async function stageImage(deps: StagingDeps, image: string, signal: AbortSignal): Promise<ImageManifest> {
  const { home, clock, master, version, environment } = deps;
  await clearParts(image);
  const takenAt = nowInstant(clock);
  const { file, counts } = await copyDatabase(deps, image, signal);
  signal.throwIfAborted();
  const sealed = await sealParts(deps, image);
  const files = await mirrorFiles(home.root, join(image, 'home'), leftOut(deps));
  const manifest: ImageManifest = {
    format: 'kura-image-1',
    version,
    takenAt,
    host: hostname(),
    home: home.root,
    masterKeyId: master.id,
    dialect: deps.database.dialect,
    database: await describeFile(image, file),
    counts,
    sealed: [...sealed],
    files,
    variables: Object.keys(environment)
      .filter((name) => name.startsWith('KURA_') && name !== 'KURA_HOME')
      .toSorted(),
  };
  await writeManifest(image, manifest);
  return manifest;
}

/** Everything but the links to files, which cost nothing and keep their times. */
export async function clearParts(image: string): Promise<void> {
  await mkdir(image, { recursive: true, mode: 0o700 });
  for (const name of await readdir(image)) {
    if (name !== 'home') await rm(join(image, name), { recursive: true, force: true });
  }
}

async function copyDatabase(
  { database, databaseUrl, environment }: StagingDeps,
  image: string,
  signal: AbortSignal,
): Promise<{ readonly file: string; readonly counts: RowCounts }> {
  await mkdir(join(image, 'database'), { mode: 0o700 });
  if (database.dialect === 'sqlite') {
    const file = join('database', 'kura.db');
    await database.snapshot(join(image, file));
    return { file, counts: countSqliteRows(join(image, file)) };
  }
  const file = join('database', 'kura.pgdump');
  const url = databaseUrl ?? '';
  return await withExportedSnapshot(url, async (snapshot) => {
    await dumpPostgres({ url, snapshot, target: join(image, file), environment }, signal);
    return { file, counts: snapshot.counts };
  });
}

async function sealParts({ home, master, random }: StagingDeps, image: string): Promise<readonly KeptFile[]> {
  const sealed: KeptFile[] = [];
  for (const place of sealedPlaces) {
    for (const path of await filesAt(join(home.root, place))) {
      const from = relative(home.root, path);
      const text = await readFile(path, 'utf8');
      const to = join('sealed', from);
      await mkdir(dirname(join(image, to)), { recursive: true, mode: 0o700 });
      // Stored secrets are sealed already, each under its own name.
      const kept = isSealed(text) ? text : sealForFile(master, sealingName(from), text, random);
      await writeFile(join(image, to), kept, { mode: 0o600 });
      sealed.push(await describeFile(image, to));
    }
  }
  return sealed;
}

/** What was sealed for one place opens in no other. @param path Below the data directory. */
export function sealingName(path: string): string {
  return isStoredSecret(path) ? basename(path) : `recovery/${path.split(sep).join('/')}`;
}

/** Those stay sealed where they are put. */
export function isStoredSecret(path: string): boolean {
  return path.startsWith(join('run', 'secrets'));
}

async function filesAt(place: string): Promise<readonly string[]> {
  try {
    if ((await lstat(place)).isFile()) return [place];
    const entries = await readdir(place, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && !masterKeyFile.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/** Everything is kept that nobody named: a folder that a later version makes must not be forgotten here. */
function leftOut({ home, leaveOut }: StagingDeps) {
  const { database, library, vaults, logs, cache, run } = home;
  const beside = ['', '-wal', '-shm', '-journal'].map((ending) => `${database}${ending}`);
  const out = new Set([...beside, library, vaults, logs, cache, run, join(home.root, 'kura.yaml'), ...leaveOut]);
  return (path: string): boolean => out.has(path);
}
