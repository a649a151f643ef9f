/** rclone (https://rclone.org) as an engine of copies: the newest state of a folder, and what it replaced. */
import {
  type BackupEngine,
  type EngineCall,
  type EngineEntry,
  type EngineForgetRequest,
  type EngineForgotten,
  type EngineRestoreRequest,
  type EngineSnapshot,
  type EngineVerifyRequest,
  engineCannot,
  engineRepositoryMissing,
} from '#backups/ports';
import { isKuraError } from '#kernel/errors';
import { parsedJson } from '#kernel/parsed-json';
import { createVersionReader } from '#platform/processes';

import { listFiles, loadManifest, placeIn, readMarker, writeMarker } from './copy-layout.ts';
import { type Listed, linkSuffix } from './manifest.ts';
import { sizeSchema } from './rclone-answers.ts';
import { type RcloneCopyDeps, runRclone } from './rclone-program.ts';
import { syncCopy, syncFolder } from './sync-folder.ts';

export function createRcloneEngine(deps: RcloneCopyDeps): BackupEngine {
  const version = createVersionReader({
    ...deps,
    program: 'rclone',
    args: ['version'],
    versionIn: (text) => /^rclone v(\S+)/m.exec(text)?.[1],
  });
  return {
    name: 'rclone',
    oldestVersion: '1.56.0',
    version,
    async init(call) {
      const there = await readMarker(deps, call).catch(unlessMissing);
      if (there === undefined) {
        await writeMarker(deps, call, { format: 'kura-rclone-copy', id: deps.newId(), current: null });
      }
      return await identify(deps, call);
    },
    identify: (call) => identify(deps, call),
    backUp: (call, request) => syncFolder(deps, call, request),
    replicate: (call, request) => syncCopy(deps, call, request),
    snapshots: (call) => listSnapshots(deps, call),
    async entries(call, snapshot) {
      await requireCurrent(deps, call, snapshot);
      return (await loadManifest(deps, call)).map(entryOf);
    },
    verify: (call, request) => verify(deps, call, request),
    restore: (call, request) => restore(deps, call, request),
    forget: (call, request) => forget(deps, call, request),
    async stats(call) {
      const lines: string[] = [];
      const places = [call.place.repository];
      await runRclone(deps, call, { command: 'size', flags: ['--json'], places, onOutput: (line) => lines.push(line) });
      const { bytes } = sizeSchema.parse(parsedJson(lines.join('\n')));
      return { storedBytes: bytes, snapshots: (await listSnapshots(deps, call)).length };
    },
  };
}

async function identify(deps: RcloneCopyDeps, call: EngineCall) {
  const { id } = await readMarker(deps, call);
  // A crypt remote encrypts; which kind a remote is stands in rclone's configuration, not here.
  return { id, encrypted: false };
}

/** Only the newest state is whole; what earlier runs replaced is kept in pieces. */
async function listSnapshots(deps: RcloneCopyDeps, call: EngineCall): Promise<readonly EngineSnapshot[]> {
  const { current } = await readMarker(deps, call);
  return current === null ? [] : [{ id: current.snapshot, at: current.at, paths: [], tags: [current.job] }];
}

async function requireCurrent(deps: RcloneCopyDeps, call: EngineCall, snapshot: string): Promise<void> {
  const { current } = await readMarker(deps, call);
  if (current?.snapshot !== snapshot)
    throw engineRepositoryMissing({ tool: 'rclone', repository: placeIn(call.place.repository, snapshot) });
}

function entryOf({ path, size, sha256 }: Listed): EngineEntry {
  return path.endsWith(linkSuffix)
    ? { path: path.slice(0, -linkSuffix.length), type: 'symlink', size, sha256: null }
    : { path, type: 'file', size, sha256 };
}

async function verify(
  deps: RcloneCopyDeps,
  call: EngineCall,
  { depth, part }: EngineVerifyRequest,
): Promise<readonly string[]> {
  const all = await loadManifest(deps, call);
  const place = placeIn(call.place.repository, 'current');
  const sizes = new Map((await listFiles(deps, call, place)).map(({ path, size }) => [path, size]));
  const wrong = all.flatMap(({ path, size }) => {
    const found = sizes.get(path);
    if (found === undefined) return [`${path}: is missing`];
    return found === size ? [] : [`${path}: has ${found} bytes instead of ${size}`];
  });
  if (depth === 'structure' || wrong.length > 0) return wrong;
  const isWhole = part === undefined || part.of === 1;
  const chosen = isWhole ? all : all.filter((_file, index) => index % part.of === part.part - 1);
  return await compareHashes(deps, call, chosen, isWhole);
}

/** Read back from the copy, whatever hashes the other side claims to have. */
async function compareHashes(
  deps: RcloneCopyDeps,
  call: EngineCall,
  files: readonly Listed[],
  isWhole: boolean,
): Promise<readonly string[]> {
  // Named one by one, rclone does not find symbolic links; their length was compared.
  const read = isWhole ? files : files.filter(({ path }) => !path.endsWith(linkSuffix));
  const found = new Map<string, string>();
  const broken: string[] = [];
  await runRclone(deps, call, {
    command: 'hashsum',
    flags: ['--download', ...(isWhole ? [] : ['--files-from-raw=-'])],
    places: ['SHA256', placeIn(call.place.repository, 'current')],
    stdin: isWhole ? undefined : read.map(({ path }) => `${path}\n`).join(''),
    onOutput(line) {
      const [, hash = '', path = ''] = /^(\S+) {2}(.+)$/.exec(line) ?? [];
      found.set(path, hash);
    },
    onLog: ({ level, object, message }) => broken.push(...(level === 'error' && object !== undefined ? [message] : [])),
    accept: (errors) => errors.some(({ object }) => object !== undefined),
  });
  return read.flatMap(({ path, sha256 }) => {
    const hash = found.get(path);
    if (hash === sha256) return [];
    return [hash === undefined ? unreadOf(path, broken) : `${path}: has SHA-256 ${hash} instead of ${sha256}`];
  });
}

function unreadOf(path: string, broken: readonly string[]): string {
  return broken.find((message) => message.startsWith(`${path}:`)) ?? `${path}: was not read`;
}

async function restore(
  deps: RcloneCopyDeps,
  call: EngineCall,
  { snapshot, target, include }: EngineRestoreRequest,
): Promise<readonly string[]> {
  await requireCurrent(deps, call, snapshot);
  const broken: string[] = [];
  await runRclone(deps, call, {
    command: 'copy',
    flags: ['--create-empty-src-dirs', ...(include ?? []).flatMap(includeFlags)],
    places: [placeIn(call.place.repository, 'current'), target],
    onLog: ({ level, object, message }) => broken.push(...(level === 'error' && object !== undefined ? [message] : [])),
    accept: (errors) => errors.some(({ object }) => object !== undefined),
  });
  return [...new Set(broken)];
}

/** A file, a symbolic link or a folder with its content; nothing in the path is a pattern. */
function includeFlags(path: string): readonly string[] {
  const literal = path.replaceAll(/([*?[\]{}\\])/g, '\\$1');
  return [`--include=/${literal}`, `--include=/${literal}${linkSuffix}`, `--include=/${literal}/**`];
}

/** Of what earlier runs replaced, the newest so many are kept. */
async function forget(
  deps: RcloneCopyDeps,
  call: EngineCall,
  { keep: { last, ...others }, dryRun }: EngineForgetRequest,
): Promise<EngineForgotten> {
  if (last === undefined || Object.values(others).some((number) => number !== undefined)) {
    throw engineCannot('rclone', 'backups.engine-keep-last-only');
  }
  const folders: string[] = [];
  const earlier = placeIn(call.place.repository, 'earlier');
  await runRclone(deps, call, {
    command: 'lsf',
    flags: ['--dirs-only'],
    places: [earlier],
    accept: (errors) => errors.some(({ message }) => /directory not found/i.test(message)),
    onOutput: (line) => folders.push(line.replace(/\/$/, '')),
  });
  const runs = folders
    .filter((name) => /^\d{8}T\d{6,9}Z$/.test(name))
    .toSorted()
    .toReversed();
  const forgotten = runs.slice(last);
  if (!dryRun) {
    for (const name of forgotten) await runRclone(deps, call, { command: 'purge', places: [`${earlier}/${name}`] });
  }
  return { kept: runs.slice(0, last), forgotten };
}

function unlessMissing(error: unknown): undefined {
  if (!isKuraError(error) || error.code !== 'backups.engine-repository-missing') throw error;
}
