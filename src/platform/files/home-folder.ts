/** The data directory and everything Kura owns below it (P-001). */
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { KuraError, systemCode } from '#kernel/errors';

export interface HomeFolder {
  readonly root: string;
  readonly database: string;
  readonly library: string;
  readonly vaults: string;
  readonly quarantine: string;
  readonly knowledge: string;
  readonly logs: string;
  /** What can be fetched again: may be emptied while no process runs. */
  readonly cache: string;
  /** Locks, the admin token and database snapshots: readable by the owner only. */
  readonly run: string;
}

export function homeFolder(root: string): HomeFolder {
  return {
    root,
    database: join(root, 'kura.db'),
    library: join(root, 'library'),
    vaults: join(root, 'vaults'),
    quarantine: join(root, 'quarantine'),
    knowledge: join(root, 'knowledge'),
    logs: join(root, 'logs'),
    cache: join(root, 'cache'),
    run: join(root, 'run'),
  };
}

/**
 * Creates what is missing; existing folders keep their modes.
 * @throws KuraError `files.home-not-made`
 */
export async function createHomeFolder(home: HomeFolder): Promise<void> {
  const open = [home.root, home.library, home.vaults, home.quarantine, home.knowledge, home.logs, home.cache];
  try {
    await makeFolder(home.root);
  } catch (cause) {
    const params = { folder: home.root, reason: systemCode(cause) ?? String(cause) };
    throw new KuraError('unavailable', 'files.home-not-made', { params, cause });
  }
  for (const folder of open) await mkdir(folder, { recursive: true });
  await mkdir(home.run, { recursive: true, mode: 0o700 });
}

/** Step by step: the recursive mkdir of Node never ends where the system says ENOENT for ever, as below /proc. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    const code = systemCode(error);
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT' || dirname(folder) === folder) throw error;
    await makeFolder(dirname(folder));
    await mkdir(folder);
  }
}
