/** The data directory and everything Kura owns below it (P-001). */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

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

/** Creates what is missing; existing folders keep their modes. */
export async function createHomeFolder(home: HomeFolder): Promise<void> {
  const open = [home.root, home.library, home.vaults, home.quarantine, home.knowledge, home.logs, home.cache];
  for (const folder of open) await mkdir(folder, { recursive: true });
  await mkdir(home.run, { recursive: true, mode: 0o700 });
}
