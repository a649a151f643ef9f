/** The folder of stored secrets (`run/secrets`): one sealed file each, beside the master key that opens them. */
import { lstat, mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { KuraError, systemCode } from '#kernel/errors';
import { writeFileAtomic, writePrivateFileOnce } from '#platform/files';

import type { AeadKey } from './aead.ts';
import { type MasterFile, type MasterFileDeps, masterName, openMasterFile } from './master-file.ts';
import { openFromFile, rewrapForFile, sealForFile } from './sealed-file.ts';
import { isSealed } from './sealed-text.ts';
import { readSecretFile } from './secret-file.ts';

export interface StoredSecrets extends MasterFile {
  /** Text that is not sealed is the secret itself. @throws KuraError `secrets.cannot-open` */
  open(name: string, text: string): string;
  /** @throws KuraError `secrets.cannot-open` */
  read(name: string): Promise<string | undefined>;
  /** Of two processes that make one at once, the first wins. */
  readOrMake(name: string, make: () => Promise<string>): Promise<string>;
  /** Stores a secret, readable by its owner only. */
  write(name: string, secret: string): Promise<void>;
  /** Seals what still stands in the clear; how many. */
  sealAll(): Promise<number>;
  /** Names of secrets that stand in the clear. */
  inTheClear(): Promise<readonly string[]>;
  /** Wraps the key of each secret anew; how many were changed. */
  rewrap(keys: { readonly from: readonly AeadKey[]; readonly to: AeadKey }): Promise<number>;
}

/** Makes the master key where there is none. */
export async function createStoredSecrets(deps: MasterFileDeps): Promise<StoredSecrets> {
  const { folder, random } = deps;
  const masterFile = await openMasterFile(deps);
  const { master } = masterFile;
  async function write(name: string, text: string): Promise<void> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFileAtomic(join(folder, name), `${text}\n`, { mode: 0o600 });
  }
  function open(name: string, text: string): string {
    const secret = isSealed(text) ? openFromFile([master()], name, text) : text;
    if (secret === undefined) throw new KuraError('mismatch', 'secrets.cannot-open');
    return secret;
  }
  async function read(name: string): Promise<string | undefined> {
    const text = readSecretFile(join(folder, name));
    return text === undefined || text === '' ? undefined : open(name, text);
  }
  async function inTheClear(): Promise<readonly string[]> {
    return (await storedTexts(folder)).filter(({ text }) => text !== '' && !isSealed(text)).map(({ name }) => name);
  }

  return {
    ...masterFile,
    open,
    read,
    async readOrMake(name, make) {
      const stored = await read(name);
      if (stored !== undefined) return stored;
      await writePrivateFileOnce(join(folder, name), `${sealForFile(master(), name, await make(), random)}\n`);
      const made = await read(name);
      if (made === undefined) throw new KuraError('mismatch', 'secrets.cannot-open');
      return made;
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
