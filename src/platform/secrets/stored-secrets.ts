/** The folder of stored secrets (`run/secrets`): one sealed file each, beside the master key that opens them. */
import { lstat, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import type { Random } from '#kernel/clock';
import { KuraError, systemCode } from '#kernel/errors';
import { syncFolder, writeFileAtomic } from '#platform/files';

import type { AeadKey } from './aead.ts';
import { masterKeyOf, readMasterKeyFile, readOrMakeMasterKey } from './master-key.ts';
import { openFromFile, rewrapForFile, sealForFile } from './sealed-file.ts';
import { isSealed } from './sealed-text.ts';

export interface StoredSecrets {
  /** The master key in force. */
  master(): AeadKey;
  /** Whether it stands in a file here, not in the configuration. */
  readonly ownsMaster: boolean;
  /** Written in the first step of a change of the master key, so that the new key is there before anything hangs on it. */
  pendingMaster(): AeadKey | undefined;
  writePendingMaster(text: string): Promise<void>;
  /** Last step: the new key takes the place of the old one; a configured one needs none. */
  settlePendingMaster(): Promise<void>;
  /** The key in the file, where another one is configured. */
  formerMaster(): AeadKey | undefined;
  seal(name: string, secret: string): string;
  /** Text that is not sealed is the secret itself. @throws KuraError `secrets.cannot-open` */
  open(name: string, text: string): string;
  /** Stores a secret, readable by its owner only. */
  write(name: string, secret: string): Promise<void>;
  /** Seals what still stands in the clear; how many. */
  sealAll(): Promise<number>;
  /** Names of secrets that stand in the clear. */
  inTheClear(): Promise<readonly string[]>;
  /** Wraps the key of each secret anew; how many were changed. */
  rewrap(keys: { readonly from: readonly AeadKey[]; readonly to: AeadKey }): Promise<number>;
}

export interface StoredSecretsDeps {
  readonly folder: string;
  /** The master key as configured. */
  readonly configured: string | undefined;
  readonly random: Random;
}

const masterName = 'master.key';

/** Makes the master key where there is none. */
export async function createStoredSecrets({ folder, configured, random }: StoredSecretsDeps): Promise<StoredSecrets> {
  const path = join(folder, masterName);
  const pendingPath = `${path}.next`;
  const ownsMaster = configured === undefined || configured === readMasterKeyFile(path);
  let inForce = ownsMaster ? await readOrMakeMasterKey(path, random) : masterKeyOf(configured);

  function master(): AeadKey {
    const stored = ownsMaster ? readMasterKeyFile(path) : undefined;
    if (stored !== undefined) inForce = masterKeyOf(stored);
    return inForce;
  }
  async function write(name: string, text: string): Promise<void> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFileAtomic(join(folder, name), `${text}\n`, { mode: 0o600 });
  }
  async function inTheClear(): Promise<readonly string[]> {
    return (await storedTexts(folder)).filter(({ text }) => text !== '' && !isSealed(text)).map(({ name }) => name);
  }

  return {
    master,
    ownsMaster,
    pendingMaster: () => keyIn(pendingPath),
    formerMaster: () => (ownsMaster ? undefined : keyIn(path)),
    writePendingMaster: (text) => write(`${masterName}.next`, text),
    async settlePendingMaster() {
      if (ownsMaster) await rename(pendingPath, path);
      else await rm(pendingPath, { force: true });
      await syncFolder(folder);
    },
    seal: (name, secret) => sealForFile(master(), name, secret, random),
    open(name, text) {
      const secret = isSealed(text) ? openFromFile([master()], name, text) : text;
      if (secret === undefined) throw new KuraError('mismatch', 'secrets.cannot-open');
      return secret;
    },
    write: (name, secret) => write(name, sealForFile(master(), name, secret, random)),
    inTheClear,
    async sealAll() {
      const plain = new Set(await inTheClear());
      for (const { name, text } of await storedTexts(folder)) {
        if (plain.has(name)) await write(name, sealForFile(master(), name, text, random));
      }
      return plain.size;
    },
    async rewrap(keys) {
      let count = 0;
      for (const { name, text } of await storedTexts(folder)) {
        const again = isSealed(text) ? rewrapForFile(keys, name, text, random) : undefined;
        if (again === undefined) continue;
        await write(name, again);
        count += 1;
      }
      return count;
    },
  };
}

function keyIn(path: string): AeadKey | undefined {
  const stored = readMasterKeyFile(path);
  return stored === undefined ? undefined : masterKeyOf(stored);
}

/** Every secret but the master key; files that others can read are left to the configuration, which refuses them. */
async function storedTexts(folder: string): Promise<readonly { readonly name: string; readonly text: string }[]> {
  const found = [];
  for (const name of await namesIn(folder)) {
    const path = join(folder, name);
    const info = await lstat(path);
    const guarded = process.platform === 'win32' || (info.mode & 0o077) === 0;
    if (info.isFile() && guarded) found.push({ name, text: (await readFile(path, 'utf8')).trim() });
  }
  return found;
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    // What has a third part is being written aside.
    return (await readdir(folder)).filter((name) => !name.startsWith(masterName) && /^\w+(?:\.\w+)?$/.test(name));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}
