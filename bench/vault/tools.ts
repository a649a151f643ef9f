/** Kura's vault, restic and borg: how each is told to do the same work, encrypted and compressed. */
import { execFile } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import type { Command } from '../harness/measure.ts';

const run = promisify(execFile);

export interface Tool {
  readonly name: string;
  readonly version: string;
  readonly repository: string;
  /** An empty repository in place of whatever was there. */
  init(): Promise<void>;
  readonly backup: Command;
  /** Reads and proves every stored byte. */
  readonly verify: Command;
  /** The newest backup, into an empty folder. */
  restore(target: string): Promise<Command>;
  /** Where `restore` puts what lay in the source. */
  restoredIn(target: string): string;
}

interface Place {
  /** For repositories, caches and everything else a tool writes. */
  readonly folder: string;
  readonly source: string;
}

const passphrase = 'the same for all of them';
const root = join(import.meta.dirname, '..', '..');

export async function kuraTool({ folder, source }: Place): Promise<Tool> {
  const repository = join(folder, 'kura');
  const program = join(root, 'bin', 'kura');
  const env = { KURA_VAULT_PASSPHRASE: passphrase, HOME: folder, KURA_HOME: join(folder, 'kura-home') };
  const { stdout } = await run('git', ['-C', root, 'rev-parse', '--short', 'HEAD']);
  function vault(...args: readonly string[]): Command {
    return { program, args: ['vault', ...args, '--repo', repository], env };
  }
  return {
    name: 'kura vault',
    version: stdout.trim(),
    repository,
    init: () => replace(repository, vault('init')),
    backup: vault('backup', source),
    verify: vault('verify', '--read-data'),
    restore: async (target) => vault('restore', 'latest', '--target', target),
    restoredIn: (target) => target,
  };
}

export async function resticTool({ folder, source }: Place): Promise<Tool> {
  const repository = join(folder, 'restic');
  const env = { RESTIC_PASSWORD: passphrase, RESTIC_CACHE_DIR: join(folder, 'restic-cache') };
  const { stdout } = await run('restic', ['version']);
  function restic(...args: readonly string[]): Command {
    return { program: 'restic', args: ['-r', repository, '-q', ...args], env };
  }
  return {
    name: 'restic',
    version: stdout.split(' ')[1] ?? '',
    repository,
    // Version 2 is the one that compresses.
    init: () => replace(repository, restic('init', '--repository-version', '2')),
    backup: restic('backup', source),
    verify: restic('check', '--read-data'),
    restore: async (target) => restic('restore', 'latest', '--target', target),
    restoredIn: (target) => join(target, source),
  };
}

export async function borgTool({ folder, source }: Place): Promise<Tool> {
  const repository = join(folder, 'borg');
  const env = { BORG_PASSPHRASE: passphrase, BORG_BASE_DIR: join(folder, 'borg-base'), LANG: 'C.UTF-8' };
  const { stdout } = await run('borg', ['--version']);
  function borg(cwd: string, ...args: readonly string[]): Command {
    return { program: 'borg', args, env, cwd };
  }
  return {
    name: 'borg',
    version: stdout.trim().split(' ')[1] ?? '',
    repository,
    init: () => replace(repository, borg(folder, 'init', '-e', 'repokey-blake2', repository)),
    backup: borg(source, 'create', '-C', 'auto,zstd,3', `${repository}::{now:%Y-%m-%dT%H-%M-%S.%f}`, '.'),
    verify: borg(folder, 'check', '--verify-data', repository),
    async restore(target) {
      const { stdout: name } = await run('borg', ['list', '--short', '--last', '1', repository], {
        env: { ...process.env, ...env },
      });
      return borg(target, 'extract', `${repository}::${name.trim()}`);
    },
    restoredIn: (target) => target,
  };
}

async function replace(repository: string, { program, args, cwd, env }: Command): Promise<void> {
  await rm(repository, { recursive: true, force: true });
  await mkdir(join(repository, '..'), { recursive: true });
  await run(program, args, { env: { ...process.env, ...env }, ...(cwd === undefined ? {} : { cwd }) });
}
