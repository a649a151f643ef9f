/** Backups over a real database and real vaults with nothing else around them: for tests and child processes. */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { defaultPolicy } from '#engines/rule32110';
import { createLocalDiskStorage, initVault } from '#engines/vault';
import { type Sha256, sha256 } from '#kernel/brands';
import type { Clock } from '#kernel/clock';
import { checkSqliteFile } from '#platform/db';
import { createScheduler, scheduleMigrations } from '#platform/schedule';
import { openTestPlatform, type TestPlatform } from '#platform/unit-of-work/testing';

import { type Backups, type BackupsDeps, backupsJobs, backupsMigrations, createBackups } from '../index.ts';
import type { StorageOpener } from '../ports.ts';
import { noEngines } from './no-engines.ts';
import { testIsolation, testSigner } from './proof-parts.ts';

export const never: AbortSignal = new AbortController().signal;

/** Only folders are backed up. */
export const noSources = {
  environment: {},
  copySqlite: () => Promise.reject(new Error('no databases in this test')),
};

export interface OpenBackups extends Pick<TestPlatform, 'database' | 'events' | 'jobs'>, AsyncDisposable {
  readonly backups: Backups;
}

export interface OpenOptions {
  readonly url: string;
  /** Folder of this installation; holds locks and restore tests. */
  readonly home: string;
  readonly clock?: Clock;
  readonly passphrase?: string;
  readonly storages?: StorageOpener;
  /** Default: no server shows one. */
  readonly certificateEnd?: BackupsDeps['certificateEnd'];
  /** Default: none is installed. */
  readonly engines?: BackupsDeps['engines'];
  readonly sources?: Partial<BackupsDeps['sources']>;
  readonly programs?: readonly string[];
  /** Over the same database. Default: a log without entries. */
  readonly audit?: (database: TestPlatform['database']) => BackupsDeps['audit'];
  /** Default: nothing is counted elsewhere. */
  readonly house?: BackupsDeps['house'];
  readonly ownImage?: BackupsDeps['ownImage'];
  readonly recovery?: Partial<ReturnType<BackupsDeps['recovery']>>;
}

/** Marks what was sealed, so that a test can tell whether it was opened for the right place. */
const plainSecrets = {
  seal: (context: string, secret: string) => `${context}:${secret}`,
  open: (context: string, sealed: string) => Promise.resolve(sealed.slice(context.length + 1)),
};

const emptyLog: BackupsDeps['audit'] = {
  search: async () => ({ items: [], nextCursor: undefined }),
  tally: async () => ({ actions: [], actors: [], subjects: [], refusals: [] }),
  state: async () => ({
    lastSeq: 0,
    lastHash: null,
    unsealed: 0,
    purgedTo: 0,
    keyId: '',
    publicKey: '',
    heads: [],
    lastCheck: undefined,
  }),
};

const fewKept = { hourly: 2, daily: 2, weekly: 1, monthly: 1 };

/** Nobody looked, and nothing was raised. */
const nothingCounted: BackupsDeps['house'] = {
  availability: async (from, to) => {
    const seconds = { upSeconds: 0, degradedSeconds: 0, downSeconds: 0, stoppedSeconds: 0, unknownSeconds: 0 };
    return {
      zone: 'UTC',
      observedSince: null,
      observedUntil: null,
      targetPercent: 99.5,
      total: { from, to, ...seconds, percent: null, incidents: 0 },
      budget: { allowedSeconds: 0, usedSeconds: 0, leftSeconds: 0 },
      mttrSeconds: null,
      mtbfSeconds: null,
      periods: [],
      incidents: [],
      incidentsCut: false,
    };
  },
  responses: async () => [],
};

function noImage(home: string): BackupsDeps['ownImage'] {
  function refused(): Promise<never> {
    return Promise.reject(new Error('no image of Kura in this test'));
  }
  return { home, stage: refused, rehearse: refused, hasRecoveryKit: async () => false };
}

/** Repositories lie in folders. */
export const noServers: StorageOpener = { open: () => Promise.reject(new Error('no servers in this test')) };

export async function openBackups(options: OpenOptions): Promise<OpenBackups> {
  const { url, home, clock, passphrase, storages, engines, sources, programs, ownImage, recovery, audit, house } =
    options;
  const migrations = [...backupsMigrations, ...scheduleMigrations];
  const platform = await openTestPlatform(url, migrations, clock === undefined ? {} : { clock });
  const lockFolder = join(home, 'run');
  await mkdir(lockFolder, { recursive: true });
  const backups = createBackups({
    ...platform,
    policy: defaultPolicy,
    lockFolder,
    scratchFolder: join(home, 'scratch'),
    passphrase,
    storages: storages ?? noServers,
    certificateEnd: options.certificateEnd ?? (async () => undefined),
    scheduler: createScheduler({ ...platform, kinds: backupsJobs }),
    engines: engines ?? noEngines,
    allowHost: () => Promise.reject(new Error('no servers in this test')),
    sources: { ...noSources, ...sources },
    programs: () => programs ?? [],
    house: house ?? nothingCounted,
    ownImage: ownImage ?? noImage(home),
    recovery: () => ({
      automatic: false,
      everyHours: 1,
      vault: join(home, 'vaults', 'kura'),
      keep: fewKept,
      ...recovery,
    }),
    zone: () => 'UTC',
    audit: audit?.(platform.database) ?? emptyLog,
    documentDays: () => 90,
    isolation: testIsolation(platform.random),
    signer: testSigner(),
    checkSqlite: checkSqliteFile,
    publicUrl: () => 'https://kura.example',
    secrets: plainSecrets,
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
