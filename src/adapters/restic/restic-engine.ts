/** restic (https://restic.net) as an engine of copies. */
import type { z } from 'zod';

import {
  type BackupEngine,
  type EngineBackup,
  type EngineBackupRequest,
  type EngineCall,
  type EngineEntry,
  type EngineSnapshot,
  engineFailed,
  keepWords,
} from '#backups/ports';
import type { KuraError } from '#kernel/errors';
import { parsedJson } from '#kernel/parsed-json';
import { createVersionReader } from '#platform/processes';

import {
  configSchema,
  entrySchema,
  forgetSchema,
  type ResticSummary,
  readComplaint,
  readLine,
  snapshotsSchema,
  statsSchema,
  versionSchema,
} from './restic-answers.ts';
import { runUnlocking } from './restic-locks.ts';
import { type ResticDeps, runRestic } from './restic-program.ts';

/** Some of the source could not be read. */
const INCOMPLETE = 3;
/** Said of the stored data itself, not of the way to it. */
const damage =
  /contains errors|ciphertext verification failed|invalid data returned|does not match|"num_errors":[1-9]/i;
const notAllRestored = /there were \d+ errors|ignoring error/i;

export function createResticEngine(deps: ResticDeps): BackupEngine {
  const version = createVersionReader({
    ...deps,
    program: 'restic',
    args: ['version', '--json'],
    // Before 0.17 it knows no JSON here: `restic 0.14.0 compiled with go1.19.8 on linux/amd64`.
    versionIn: (text) => versionSchema.safeParse(parsedJson(text)).data?.version ?? /^restic (\S+)/m.exec(text)?.[1],
  });
  return {
    name: 'restic',
    oldestVersion: '0.14.0',
    version,
    async init(call) {
      await runRestic(deps, call, { args: ['init'], onOutput: call.onLine });
      return await identify(deps, call);
    },
    identify: (call) => identify(deps, call),
    backUp: (call, request) => backUp(deps, call, request),
    replicate: (call, { from, job }) => replicate(deps, call, from, job),
    snapshots: (call) => listSnapshots(deps, call),
    entries: (call, snapshot) => listEntries(deps, call, snapshot),
    verify: (call, { depth, part }) => check(deps, call, depthWords(depth, part)),
    restore: (call, { snapshot, target, include }) =>
      restore(deps, call, [
        snapshot,
        `--target=${target}`,
        ...(include ?? []).map((path) => `--include=/${path.replaceAll(/([*?[\\])/g, '\\$1')}`),
      ]),
    async forget(call, { job, keep, dryRun }) {
      const args = ['forget', '--json', `--tag=${job}`, '--group-by=tags', ...keepWords(keep)];
      const text = await textOf(deps, call, [...args, dryRun ? '--dry-run' : '--prune']);
      // What pruning says stands behind the array, or before it.
      const groups = answer(call, forgetSchema, /^\[.*\]$/m.exec(text)?.[0] ?? '[]');
      return {
        kept: groups.flatMap((group) => (group.keep ?? []).map(({ id }) => id)),
        forgotten: groups.flatMap((group) => (group.remove ?? []).map(({ id }) => id)),
      };
    },
    async stats(call) {
      const text = await textOf(deps, call, ['stats', '--json', '--mode=raw-data']);
      const { total_size: storedBytes, snapshots_count: snapshots } = answer(call, statsSchema, text);
      return { storedBytes, snapshots };
    },
  };
}

async function identify(deps: ResticDeps, call: EngineCall) {
  const text = await textOf(deps, call, ['cat', 'config', '--no-lock']);
  return { id: answer(call, configSchema, text).id, encrypted: true };
}

/**
 * The folder is backed up from within, so that paths in the snapshot are relative to it and a restore puts them right
 * below its target.
 */
async function backUp(deps: ResticDeps, call: EngineCall, request: EngineBackupRequest): Promise<EngineBackup> {
  let summary: ResticSummary | undefined;
  const complaints = new Set<string>();
  const { source, exclude, job, onProgress } = request;
  await runUnlocking(deps, call, {
    args: ['backup', '--json', `--tag=${job}`, ...exclude.map((pattern) => `--exclude=${pattern}`), '.'],
    folder: source,
    accept: (code) => code === INCOMPLETE,
    onOutput(line) {
      const told = readLine(line);
      if (told?.message_type === 'summary') summary = told;
      else if (told?.message_type === 'status') {
        const { files_done: files, bytes_done: bytes, current_files: current } = told;
        onProgress({ files, bytes, newBytes: 0, path: current[0] ?? '' });
      }
    },
    onComplaint(line) {
      const complaint = readComplaint(line);
      if (complaint !== undefined) complaints.add(complaint);
    },
  });
  if (summary?.snapshot_id === undefined) throw failed(call, 'no summary');
  return {
    snapshot: summary.snapshot_id,
    files: summary.total_files_processed,
    bytes: summary.total_bytes_processed,
    newBytes: summary.data_added_packed ?? summary.data_added,
    problems: complaints.size,
  };
}

/** Snapshots that are there already are skipped by restic itself. */
async function replicate(
  deps: ResticDeps,
  call: EngineCall,
  from: EngineCall['place'],
  job: string,
): Promise<EngineBackup> {
  const before = await textOf(deps, call, ['stats', '--json', '--mode=raw-data']);
  await runUnlocking(deps, call, {
    args: ['copy', `--tag=${job}`],
    environment: {
      ...from.environment,
      ...call.place.environment,
      RESTIC_FROM_REPOSITORY: from.repository,
      RESTIC_FROM_PASSWORD: from.passphrase ?? '',
      // 0.13 and earlier knew them by these names.
      RESTIC_REPOSITORY2: from.repository,
      RESTIC_PASSWORD2: from.passphrase ?? '',
    },
    onOutput: call.onLine,
  });
  const newest = (await listSnapshots(deps, call)).find(({ tags }) => tags.includes(job));
  if (newest === undefined) throw failed(call, 'no snapshot to copy');
  const files = (await listEntries(deps, call, newest.id)).filter(({ type }) => type === 'file');
  const after = answer(call, statsSchema, await textOf(deps, call, ['stats', '--json', '--mode=raw-data']));
  return {
    snapshot: newest.id,
    files: files.length,
    bytes: files.reduce((sum, { size }) => sum + size, 0),
    newBytes: Math.max(0, after.total_size - answer(call, statsSchema, before).total_size),
    problems: 0,
  };
}

async function listSnapshots(deps: ResticDeps, call: EngineCall): Promise<readonly EngineSnapshot[]> {
  const found = answer(call, snapshotsSchema, await textOf(deps, call, ['snapshots', '--json', '--no-lock']));
  return found
    .map(({ id, time, paths, tags }) => ({
      id,
      at: new Date(time).toISOString(),
      paths: paths ?? [],
      tags: tags ?? [],
    }))
    .toSorted((a, b) => (a.at < b.at ? 1 : -1));
}

async function listEntries(deps: ResticDeps, call: EngineCall, snapshot: string): Promise<readonly EngineEntry[]> {
  const entries: EngineEntry[] = [];
  await runRestic(deps, call, {
    args: ['ls', '--json', '--no-lock', snapshot],
    onOutput(line) {
      const told = entrySchema.safeParse(parsedJson(line)).data;
      if (told?.path === undefined || told.type === undefined) return;
      entries.push({ path: told.path.replace(/^\/+/, ''), type: typeOf(told.type), size: told.size, sha256: null });
    },
  });
  return entries;
}

function typeOf(type: string): EngineEntry['type'] {
  if (type === 'file' || type === 'symlink') return type;
  return type === 'dir' ? 'directory' : 'other';
}

function depthWords(depth: 'structure' | 'data', part: { part: number; of: number } | undefined): readonly string[] {
  if (depth === 'structure') return [];
  return part === undefined || part.of === 1 ? ['--read-data'] : [`--read-data-subset=${part.part}/${part.of}`];
}

/** Asked for no JSON: 0.14 has none, and what newer ones say on standard error reads the same. */
async function check(deps: ResticDeps, call: EngineCall, words: readonly string[]): Promise<readonly string[]> {
  const complaints: string[] = [];
  const code = await runUnlocking(deps, call, {
    args: ['check', ...words],
    accept: (_code, text) => damage.test(text),
    onOutput: call.onLine,
    onComplaint: (line) => complaints.push(line.trim()),
  });
  return code === 0 ? [] : findingsIn(complaints);
}

/** The summary has no word about files that are missing: the truth is the exit code and standard error. */
async function restore(deps: ResticDeps, call: EngineCall, words: readonly string[]): Promise<readonly string[]> {
  const complaints: string[] = [];
  await runRestic(deps, call, {
    args: ['restore', '--no-lock', '--verify', ...words],
    accept: (_code, text) => notAllRestored.test(text) || damage.test(text),
    onOutput: call.onLine,
    onComplaint: (line) => complaints.push(readComplaint(line) ?? line.trim()),
  });
  return findingsIn(complaints);
}

/** Without the last sentence, which only counts them, when there is more to say. */
function findingsIn(complaints: readonly string[]): readonly string[] {
  const told = complaints.filter((line) => line !== '');
  const single = told.filter((line) => !/^fatal:/i.test(line));
  return single.length > 0 ? single : told;
}

async function textOf(deps: ResticDeps, call: EngineCall, args: readonly string[]): Promise<string> {
  const lines: string[] = [];
  await runUnlocking(deps, call, { args, onOutput: (line) => lines.push(line) });
  return lines.join('\n');
}

function answer<T>(call: EngineCall, schema: z.ZodType<T>, text: string): T {
  const read = schema.safeParse(parsedJson(text));
  if (!read.success) throw failed(call, `unexpected answer: ${text.slice(0, 200)}`);
  return read.data;
}

/** It said 0 and not what it has to say with it. */
function failed({ place }: EngineCall, reason: string): KuraError {
  return engineFailed({ tool: 'restic', repository: place.repository }, 0, reason);
}
