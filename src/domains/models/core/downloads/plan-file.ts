/** Where a wanted file goes, and whether it is there already (models.md M-098). */
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { safeFileName } from '#engines/transfer';
import { KuraError, systemCode } from '#kernel/errors';

import type { LayoutName } from '../../contract/index.ts';
import { findDownloadOf, reservedPaths } from '../../store/download-store.ts';
import {
  findLibraryFileAt,
  findLibraryFileOf,
  type LibraryFile,
  libraryFilesOfVersion,
} from '../../store/library-store.ts';
import { measureFile, sizeOf } from '../library/intact-file.ts';
import type { DownloadDeps } from './download-deps.ts';
import { folderFor } from './layouts.ts';
import { placeableOf } from './placeable.ts';
import { sidecarBase, targetName } from './target-path.ts';
import type { WantedFile } from './wanted-file.ts';

export interface PlannedFile extends WantedFile {
  /** Absolute. */
  readonly path: string;
  /**
   * `get` fetches it; `skip`: the library has it, whole; `adopt`: the right bytes stand there, but nobody recorded them
   * (a program that died between placing and recording, or the person's own copy); `beside`: the file stays, what stands
   * beside it is written anew.
   */
  readonly action: 'get' | 'skip' | 'adopt' | 'beside';
  /** Whole, and to be replaced all the same. */
  readonly replaces?: boolean;
  /**
   * What the library remembers of what stands there, perhaps as a file of another version (`belongsElsewhere`). With
   * action `get` it is missing or damaged on disk, or `replaces` says otherwise.
   */
  readonly known: LibraryFile | undefined;
}

export interface PlanOptions {
  readonly layout: LayoutName;
  readonly signal: AbortSignal;
  /** Paths promised to other files of this run; the new one is added. */
  readonly promised: Set<string>;
  /** Fetch anew what is there, whole. */
  readonly force?: boolean | undefined;
  /** Nothing is fetched but what stands beside a file of the library. */
  readonly besideOnly?: boolean | undefined;
}

export type PlanDeps = Pick<DownloadDeps, 'database' | 'hashThread' | 'libraryFolder'>;

/** Whether the file is another version's, which this one only links: its record stays what it is. */
export function belongsElsewhere({ known, version, file }: PlannedFile): boolean {
  if (known === undefined || known.versionId === null) return false;
  return known.versionId !== version.versionId || (known.fileId !== null && known.fileId !== file.fileId);
}

/** @throws KuraError conflict `models.nothing-to-stand-beside` */
export async function planFile(deps: PlanDeps, wanted: WantedFile, options: PlanOptions): Promise<PlannedFile> {
  const known = await findLibraryFileOf(deps.database, wanted.version.versionId, wanted.file.fileId);
  if (options.besideOnly === true) return besideOf(wanted, known);
  if (known !== undefined) {
    const measured = await measureFile(known, { thread: deps.hashThread, signal: options.signal });
    const isWhole = measured.state === 'present';
    const replaces = isWhole && options.force === true;
    return { ...wanted, path: known.path, action: isWhole && !replaces ? 'skip' : 'get', known, replaces };
  }
  const folder = join(deps.libraryFolder, folderFor(options.layout, await placeableOf(deps.database, wanted)));
  const twin = await sameContentIn(deps, wanted, folder, options.signal);
  if (twin !== undefined && options.force === true) return { ...wanted, ...twin, action: 'get', replaces: true };
  if (twin !== undefined) return { ...wanted, ...twin };
  const path = await freshPath(deps, wanted, { folder, promised: options.promised });
  options.promised.add(path);
  return { ...wanted, path, action: 'get', known: undefined };
}

/** To write a few lines nobody has to read gigabytes: a file of the right length counts as there. */
async function besideOf(wanted: WantedFile, known: LibraryFile | undefined): Promise<PlannedFile> {
  const { name } = wanted.file;
  if (known === undefined || (await sizeOf(known.path)) !== known.sizeBytes) {
    throw new KuraError('conflict', 'models.nothing-to-stand-beside', { params: { name } });
  }
  return { ...wanted, path: known.path, action: 'beside', known };
}

/** The published bytes under the published name: a linked file of another version, or a file nobody recorded. */
async function sameContentIn(
  deps: PlanDeps,
  { file, version }: WantedFile,
  folder: string,
  signal: AbortSignal,
): Promise<Pick<PlannedFile, 'path' | 'action' | 'known'> | undefined> {
  const { sha256 } = file.hashes;
  if (sha256 === null || file.sizeBytes === null) return undefined;
  const promised = await promisedPath(deps, version.versionId, file.fileId);
  for (const path of new Set([join(folder, safeFileName(file.name)), promised ?? ''])) {
    if (dirname(path) !== folder) continue;
    const expected = { path, sizeBytes: file.sizeBytes, sha256 };
    const { state } = await measureFile(expected, { thread: deps.hashThread, signal });
    if (state !== 'present') continue;
    const known = await findLibraryFileAt(deps.database, path);
    return { path, action: known === undefined ? 'adopt' : 'skip', known };
  }
  return undefined;
}

interface Place {
  readonly folder: string;
  readonly promised: ReadonlySet<string>;
}

async function freshPath(deps: PlanDeps, wanted: WantedFile, { folder, promised }: Place): Promise<string> {
  const { versionId } = wanted.version;
  const { fileId } = wanted.file;
  const earlier = await promisedPath(deps, versionId, fileId);
  if (earlier !== undefined && dirname(earlier) === folder) return earlier;
  const beside = wanted.file.type === 'Config' ? await checkpointOf(deps, versionId) : undefined;
  // Programs look for a model's configuration beside it, under its name (civitai-api.md §8.1).
  if (beside !== undefined) return `${sidecarBase(beside.path)}${/\.[^.]+$/.exec(wanted.file.name)?.[0] ?? '.yaml'}`;
  const reserved = [...(await reservedPaths(deps.database, versionId, fileId)), ...promised];
  const taken = [
    ...(await namesIn(folder)),
    ...reserved.filter((path) => dirname(path) === folder).map((path) => basename(path)),
  ];
  const fallback = `model-${versionId}-${fileId}`;
  return join(folder, targetName({ name: wanted.file.name, fallback, versionId }, taken));
}

/** What has arrived of an interrupted download waits under the name it was promised. */
async function promisedPath(deps: PlanDeps, versionId: number, fileId: number): Promise<string | undefined> {
  const earlier = await findDownloadOf(deps.database, versionId, fileId);
  // That of a quarantined file is where it is kept, not where it would stand.
  return earlier === undefined || earlier.status === 'quarantined' ? undefined : (earlier.path ?? undefined);
}

async function checkpointOf(deps: PlanDeps, versionId: number): Promise<LibraryFile | undefined> {
  const files = await libraryFilesOfVersion(deps.database, versionId);
  return files.find((file) => /\.(?:safetensors|ckpt|sft|gguf)$/i.test(file.path));
}

/** Names of finished files; parts and journals stand beside the names they will get. */
export async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((name) => !/\.part(?:\.|$)/.test(name));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}
