/** Where the master key stands: in the configuration, or in `run/secrets/master.key` with its successor beside it. */
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import type { Random } from '#kernel/clock';
import { syncFolder, writeFileAtomic } from '#platform/files';

import type { AeadKey } from './aead.ts';
import { masterKeyOf, readOrMakeMasterKey } from './master-key.ts';
import { readSecretFile } from './secret-file.ts';

export interface MasterFile {
  /** The master key in force. */
  readonly master: () => AeadKey;
  /** Whether it stands in a file here, not in the configuration. */
  readonly ownsMaster: boolean;
  /** Written in the first step of a change of the master key, so that the new key is there before anything hangs on it. */
  pendingMaster(): AeadKey | undefined;
  writePendingMaster(text: string): Promise<void>;
  /** Last step: the new key takes the place of the old one; a configured one needs none. */
  settlePendingMaster(): Promise<void>;
  /** The key in the file, where another one is configured. */
  formerMaster(): AeadKey | undefined;
}

export interface MasterFileDeps {
  readonly folder: string;
  /** The master key as configured. */
  readonly configured: string | undefined;
  readonly random: Random;
}

export const masterName = 'master.key';

/** Makes the key where there is none. */
export async function openMasterFile({ folder, configured, random }: MasterFileDeps): Promise<MasterFile> {
  const path = join(folder, masterName);
  const pendingPath = pendingMasterPath(folder);
  const ownsMaster = configured === undefined || configured === readSecretFile(path);
  let inForce = ownsMaster ? await readOrMakeMasterKey(path, random) : masterKeyOf(configured);

  return {
    master() {
      const stored = ownsMaster ? readSecretFile(path) : undefined;
      if (stored !== undefined) inForce = masterKeyOf(stored);
      return inForce;
    },
    ownsMaster,
    pendingMaster: () => keyIn(pendingPath),
    formerMaster: () => (ownsMaster ? undefined : keyIn(path)),
    writePendingMaster: (text) => writePendingMaster(folder, text),
    async settlePendingMaster() {
      if (ownsMaster) await rename(pendingPath, path);
      else await rm(pendingPath, { force: true });
      await syncFolder(folder);
    },
  };
}

/** Works also where nothing can be opened yet. */
export async function writePendingMaster(folder: string, text: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFileAtomic(pendingMasterPath(folder), `${text}\n`, { mode: 0o600 });
}

function pendingMasterPath(folder: string): string {
  return join(folder, `${masterName}.next`);
}

function keyIn(path: string): AeadKey | undefined {
  const stored = readSecretFile(path);
  return stored === undefined ? undefined : masterKeyOf(stored);
}
