/** Which files of the library stand where the layout does not want them (M-140, M-147). */
import { basename, dirname, join } from 'node:path';
import { wayDown } from '#kernel/way-down';

import type { LayoutName } from '../../contract/index.ts';
import { publishedFile } from '../../store/file-facts-store.ts';
import type { LibraryFile } from '../../store/library-store.ts';
import { folderFor, type Placeable } from '../downloads/layouts.ts';
import { withProvenKind } from '../downloads/placeable.ts';
import { namesIn } from '../downloads/plan-file.ts';
import { sidecarBase, targetName } from '../downloads/target-path.ts';
import { companionsOf } from '../library/companions.ts';
import type { LibraryDeps } from '../library/library-deps.ts';
import { everyLibraryFile } from '../library/verify-library.ts';

export interface PlannedMove {
  readonly file: LibraryFile;
  readonly to: string;
  readonly companions: ReadonlyArray<{ readonly from: string; readonly to: string }>;
}

export interface MovePlan {
  readonly layout: LayoutName;
  readonly moves: readonly PlannedMove[];
  /** Files that stand where they belong, in any folder below the layout's. */
  readonly settled: number;
  /** Files outside of the library's folder: those are other programs' to order. */
  readonly outside: number;
  /** Missing or damaged: they are to be repaired first. */
  readonly broken: number;
}

export type PlanMovesDeps = Pick<LibraryDeps, 'database' | 'libraryFolder'>;

export async function planMoves(deps: PlanMovesDeps, layout: LayoutName, signal: AbortSignal): Promise<MovePlan> {
  const moves: PlannedMove[] = [];
  const promised = new Map<string, string[]>();
  const namesOnce = rememberNames();
  const count = { settled: 0, outside: 0, broken: 0 };
  for await (const file of everyLibraryFile(deps)) {
    signal.throwIfAborted();
    if (file.state !== 'present') {
      count.broken += 1;
      continue;
    }
    if (!isBelow(file.path, deps.libraryFolder)) {
      count.outside += 1;
      continue;
    }
    const folder = join(deps.libraryFolder, folderFor(layout, await placeableFile(deps, file)));
    if (isBelow(file.path, folder) || (await standsBesideItsModel(deps, file))) count.settled += 1;
    else moves.push(await planMove(file, folder, { promised, namesOnce }));
  }
  return { layout, moves, ...count };
}

interface Surroundings {
  /** Names in folders that files are to move to, with those that were promised to earlier ones. */
  readonly promised: Map<string, string[]>;
  readonly namesOnce: typeof namesIn;
}

async function planMove(
  file: LibraryFile,
  folder: string,
  { promised, namesOnce }: Surroundings,
): Promise<PlannedMove> {
  const taken = promised.get(folder) ?? [...(await namesOnce(folder))];
  const label = file.versionId === null ? file.sha256.slice(0, 10) : undefined;
  const named = { name: file.name, fallback: file.sha256.slice(0, 10), versionId: file.versionId ?? 0, label };
  const name = targetName(named, taken);
  promised.set(folder, [...taken, name]);
  const to = join(folder, name);
  const stem = sidecarBase(file.path);
  const companions = (await companionsOf(file.path, namesOnce)).map((from) => ({
    from,
    to: sidecarBase(to) + from.slice(stem.length),
  }));
  return { file, to, companions };
}

/** Nothing moves while moves are planned: a folder of thousands of files is listed once. */
function rememberNames(): typeof namesIn {
  const known = new Map<string, Promise<readonly string[]>>();
  return (folder) => {
    const names = known.get(folder) ?? namesIn(folder);
    known.set(folder, names);
    return names;
  };
}

/** A configuration goes with its checkpoint, not by itself. */
async function standsBesideItsModel({ database }: PlanMovesDeps, file: LibraryFile): Promise<boolean> {
  if (!/\.ya?ml$/i.test(file.name)) return false;
  const published = await publishedFile(database, file.versionId, file.fileId);
  if (published?.type !== 'Config') return false;
  const stem = `${sidecarBase(basename(file.path))}.`;
  return (await namesIn(dirname(file.path))).some((name) => name !== file.name && name.startsWith(stem));
}

async function placeableFile({ database }: PlanMovesDeps, file: LibraryFile): Promise<Placeable> {
  const published = await publishedFile(database, file.versionId, file.fileId);
  const told = {
    modelType: file.type,
    fileType: published?.type ?? 'Model',
    format: published?.format ?? (/\.gguf$/i.test(file.name) ? 'GGUF' : null),
  };
  return withProvenKind(database, told, file.sha256);
}

function isBelow(path: string, folder: string): boolean {
  return Boolean(wayDown(folder, path));
}
