/** Backups over a real database and real vaults with nothing else around them: for tests and child processes. */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { defaultPolicy } from '#engines/rule32110';
import { createLocalDiskStorage, initVault } from '#engines/vault';
import { type Sha256, sha256 } from '#kernel/brands';
import type { Clock } from '#kernel/clock';
import { openTestPlatform, type TestPlatform } from '#platform/unit-of-work/testing';

import { type Backups, backupsMigrations, createBackups } from '../index.ts';

export const never: AbortSignal = new AbortController().signal;

export interface OpenBackups extends Pick<TestPlatform, 'database' | 'events' | 'jobs'>, AsyncDisposable {
  readonly backups: Backups;
}

export interface OpenOptions {
  readonly url: string;
  /** Folder of this installation; holds locks and restore tests. */
  readonly home: string;
  readonly clock?: Clock;
  readonly passphrase?: string;
}

export async function openBackups({ url, home, clock, passphrase }: OpenOptions): Promise<OpenBackups> {
  const platform = await openTestPlatform(url, backupsMigrations, clock === undefined ? {} : { clock });
  const lockFolder = join(home, 'run');
  await mkdir(lockFolder, { recursive: true });
  const backups = createBackups({
    ...platform,
    policy: defaultPolicy,
    lockFolder,
    scratchFolder: join(home, 'scratch'),
    passphrase,
  });
  return { ...platform, backups };
}

/** A vault without encryption and with small chunks. */
export async function makeVault(folder: string): Promise<string> {
  const storage = createLocalDiskStorage({ folder });
  await initVault({ storage, encryption: 'none', chunkBytes: 64 * 1024 });
  return folder;
}

export async function writeTree(folder: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
  return folder;
}

export function hashOf(content: string | Uint8Array): Sha256 {
  return sha256(createHash('sha256').update(content).digest('hex'));
}
