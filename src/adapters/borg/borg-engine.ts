/** BorgBackup (https://www.borgbackup.org) as an engine of copies. */
import type { z } from 'zod';

import {
  type BackupEngine,
  type EngineBackup,
  type EngineBackupRequest,
  type EngineCall,
  type EngineEntry,
  type EngineForgetRequest,
  type EngineForgotten,
  type EngineSnapshot,
  engineCannot,
  engineFailed,
  keepWords,
} from '#backups/ports';
import type { KuraError } from '#kernel/errors';
import { parsedJson } from '#kernel/parsed-json';
import { createVersionReader } from '#platform/processes';

import {
  archivesSchema,
  type BorgLine,
  createdSchema,
  entrySchema,
  readPruned,
  repositorySchema,
} from './borg-answers.ts';
import { type BorgDeps, type BorgRun, runBorg } from './borg-program.ts';

/** Said of the stored data itself, not of the way to it. */
const damage = /integrity|checksum mismatch|errors found|missing (?:file )?chunk|inconsistent|corrupt/i;

export function createBorgEngine(deps: BorgDeps): BackupEngine {
  const version = createVersionReader({
    ...deps,
    program: 'borg',
    args: ['--version'],
    versionIn: (text) => /^borg (\S+)/m.exec(text)?.[1],
  });
  return {
    name: 'borg',
    oldestVersion: '1.2.0',
    version,
    async init(call) {
      const encryption = call.place.passphrase === undefined ? 'none' : 'repokey-blake2';
      await runBorg(deps, call, { args: ['init', `--encryption=${encryption}`, '--make-parent-dirs'] });
      return await identify(deps, call);
    },
    identify: (call) => identify(deps, call),
    backUp: (call, request) => backUp(deps, call, request),
    replicate: () => Promise.reject(engineCannot('borg', 'backups.engine-no-replica')),
    snapshots: (call) => listArchives(deps, call),
    entries: (call, snapshot) => listEntries(deps, call, snapshot),
    // It reads everything or nothing of the data; a part is read as a whole.
    verify: (call, { depth }) => check(deps, call, depth === 'data' ? ['--verify-data'] : []),
    restore: (call, { snapshot, target, include }) =>
      extract(deps, call, {
        args: ['extract', `::${snapshot}`, ...(include ?? []).map((path) => `pp:${path}`)],
        folder: target,
      }),
    forget: (call, request) => prune(deps, call, request),
    async stats(call) {
      const { cache } = await ask(deps, call, repositorySchema, ['info', '--json']);
      const { unique_csize: compressed, unique_size: plain } = cache?.stats ?? {};
      return { storedBytes: compressed ?? plain ?? 0, snapshots: (await listArchives(deps, call)).length };
    },
  };
}

async function identify(deps: BorgDeps, call: EngineCall) {
  const { repository, encryption } = await ask(deps, call, repositorySchema, ['info', '--json']);
  return { id: repository.id, encrypted: encryption !== undefined && encryption.mode !== 'none' };
}

/** The folder is backed up from within, so that paths in the archive are relative to it. */
async function backUp(deps: BorgDeps, call: EngineCall, request: EngineBackupRequest): Promise<EngineBackup> {
  const { source, exclude, job, startedAt, onProgress } = request;
  const output: string[] = [];
  const unread = new Set<string>();
  const warnings: string[] = [];
  const end = await runBorg(deps, call, {
    args: [
      'create',
      '--json',
      '--progress',
      '--list',
      '--filter=E',
      ...exclude.map((pattern) => `--exclude=${pattern}`),
      `::${archiveName(job, startedAt)}`,
      '.',
    ],
    folder: source,
    onOutput: (line) => output.push(line),
    onLog({ kind, level, message, progress, file }) {
      if (file !== undefined) unread.add(file.path);
      if (kind === 'log' && level === 'WARNING') warnings.push(message);
      if (progress === undefined) return;
      const { nfiles: files, original_size: bytes, deduplicated_size: newBytes, path } = progress;
      onProgress({ files, bytes, newBytes, path });
    },
  });
  const { archive } = read(call, createdSchema, output.join('\n'));
  const problems = Math.max(unread.size, warnings.length, end === 'warning' ? 1 : 0);
  return {
    snapshot: archive.name,
    files: archive.stats.nfiles,
    bytes: archive.stats.original_size,
    newBytes: archive.stats.deduplicated_size,
    problems,
  };
}

/** `library-20261122T180252Z`: sorts by time, and tells the job. */
function archiveName(job: string, startedAt: Date): string {
  return `${job}-${startedAt.toISOString().replaceAll(/[-:.]/g, '')}`;
}

async function listArchives(deps: BorgDeps, call: EngineCall): Promise<readonly EngineSnapshot[]> {
  const { archives } = await ask(deps, call, archivesSchema, ['list', '--json']);
  return archives
    .map(({ name, start, time }) => ({
      id: name,
      at: utc(start ?? time ?? ''),
      paths: [],
      tags: [/^(.+)-\d{8}T\d{6,9}Z$/.exec(name)?.[1] ?? name],
    }))
    .toSorted((a, b) => (a.at < b.at ? 1 : -1));
}

/** borg was told to count in UTC and says no zone; 2.0 says one. */
function utc(text: string): string {
  const time = new Date(/(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(time.getTime()) ? new Date(0).toISOString() : time.toISOString();
}

const types: Readonly<Record<string, EngineEntry['type']>> = { '-': 'file', d: 'directory', l: 'symlink', h: 'file' };

/** Hashes are made from the stored content: a list that comes to its end has read every byte of the archive. */
async function listEntries(deps: BorgDeps, call: EngineCall, archive: string): Promise<readonly EngineEntry[]> {
  const entries: EngineEntry[] = [];
  await runBorg(deps, call, {
    args: ['list', '--json-lines', '--format={type}{path}{size}{sha256}', `::${archive}`],
    onOutput(line) {
      const entry = entrySchema.safeParse(parsedJson(line)).data;
      if (entry === undefined || entry.path === '.') return;
      const { type, path, size, sha256 } = entry;
      entries.push({ path, type: types[type] ?? 'other', size, sha256: sha256 === '' ? null : sha256 });
    },
  });
  return entries;
}

async function check(deps: BorgDeps, call: EngineCall, words: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  const end = await runBorg(deps, call, {
    args: ['check', ...words],
    accept: isDamage,
    onLog: ({ kind, level, message }) => found.push(...(kind === 'log' && level === 'ERROR' ? [message] : [])),
  });
  if (end === 'done') return [];
  return found.length > 0 ? found : ['borg check ended with a warning'];
}

async function extract(deps: BorgDeps, call: EngineCall, run: BorgRun): Promise<readonly string[]> {
  const found: string[] = [];
  const end = await runBorg(deps, call, {
    ...run,
    accept: isDamage,
    onLog: ({ kind, level, message }) =>
      found.push(...(kind === 'log' && /WARNING|ERROR/.test(level) ? [message.split('\n')[0] ?? ''] : [])),
  });
  if (end === 'done') return [];
  return found.length > 0 ? found : ['borg extract ended with a warning'];
}

function isDamage(log: readonly BorgLine[]): boolean {
  return log.some(({ level, id, message }) => level === 'ERROR' && (/Integrity/.test(id) || damage.test(message)));
}

/** Only archives of this job: a prefix alone would also take those of `library-old`. */
async function prune(deps: BorgDeps, call: EngineCall, request: EngineForgetRequest): Promise<EngineForgotten> {
  const { job, keep, dryRun } = request;
  const told: Array<{ readonly kept: boolean; readonly archive: string }> = [];
  await runBorg(deps, call, {
    args: [
      'prune',
      '--list',
      ...(dryRun ? ['--dry-run'] : []),
      `--glob-archives=${job}-????????T*Z`,
      ...keepWords(keep),
    ],
    onLog({ message }) {
      const one = readPruned(message);
      if (one !== undefined) told.push(one);
    },
  });
  // Since 1.2 pruning frees no space by itself.
  if (!dryRun) await runBorg(deps, call, { args: ['compact'] });
  return {
    kept: told.filter(({ kept }) => kept).map(({ archive }) => archive),
    forgotten: told.filter(({ kept }) => !kept).map(({ archive }) => archive),
  };
}

async function ask<T>(deps: BorgDeps, call: EngineCall, schema: z.ZodType<T>, args: readonly string[]): Promise<T> {
  const lines: string[] = [];
  await runBorg(deps, call, { args, onOutput: (line) => lines.push(line) });
  return read(call, schema, lines.join('\n'));
}

function read<T>({ place }: EngineCall, schema: z.ZodType<T>, text: string): T {
  const answer = schema.safeParse(parsedJson(text));
  if (answer.success) return answer.data;
  throw unexpected(place.repository, text);
}

/** It said 0 and not what it has to say with it. */
function unexpected(repository: string, text: string): KuraError {
  return engineFailed({ tool: 'borg', repository }, 0, `unexpected answer: ${text.slice(0, 200)}`);
}
