/** Backups over a real database and real vaults with nothing else around them: for tests and child processes. */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { defaultPolicy } from '#engines/rule32110';
import { createLocalDiskStorage, initVault } from '#engines/vault';
import { type Sha256, sha256 } from '#kernel/brands';
import { type Clock, systemClock, systemRandom } from '#kernel/clock';
import { createIdSource } from '#kernel/ids';
import { type Database, type Migration, openDatabase } from '#platform/db';
import { createEventOutbox, type EventOutbox, eventMigrations } from '#platform/events';
import { createEmbeddedDelivery, createJobQueue, type JobQueue, jobMigrations } from '#platform/jobs';
import { type Actor, auditMigrations, createUnitOfWork } from '#platform/unit-of-work';

import { type Backups, backupsMigrations, createBackups } from '../index.ts';

const migrations: readonly Migration[] = [
  ...auditMigrations,
  ...jobMigrations,
  ...eventMigrations,
  ...backupsMigrations,
];

export const testActor: Actor = { kind: 'cli', id: 'test', name: 'test' };
export const never: AbortSignal = new AbortController().signal;

export interface OpenBackups extends AsyncDisposable {
  readonly database: Database;
  readonly events: EventOutbox;
  readonly jobs: JobQueue;
  readonly backups: Backups;
}

export interface OpenOptions {
  readonly url: string;
  /** Folder of this installation; holds locks and restore tests. */
  readonly home: string;
  readonly clock?: Clock;
  readonly passphrase?: string;
}

export async function openBackups({ url, home, clock = systemClock, passphrase }: OpenOptions): Promise<OpenBackups> {
  const deps = { clock: systemClock, random: systemRandom };
  const database = await openDatabase({ url, ...deps });
  await database.migrate(migrations);
  const lockFolder = join(home, 'run');
  await mkdir(lockFolder, { recursive: true });
  const ids = createIdSource(systemClock, systemRandom);
  const jobs = createJobQueue({ database, delivery: createEmbeddedDelivery(systemClock), ...deps });
  const events = createEventOutbox({
    database,
    ...deps,
    reportError: (error) => {
      throw error;
    },
  });
  const unitOfWork = createUnitOfWork({ database, jobs, events, clock, ids });
  const backups = createBackups({
    database,
    unitOfWork,
    clock,
    ids,
    policy: defaultPolicy,
    lockFolder,
    scratchFolder: join(home, 'scratch'),
    passphrase,
  });
  return { database, events, jobs, backups, [Symbol.asyncDispose]: () => database[Symbol.asyncDispose]() };
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
