/** Temporary repositories and trees for tests. */
import { createHash } from 'node:crypto';
import {
  chmod,
  link,
  lstat,
  lutimes,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  rmdir,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { createLocalDiskStorage, initVault, openVault, type Vault } from '#engines/vault';

import { readAttributes } from '../file-system/extended-attributes.ts';
import { type Libc, openLibc } from '../file-system/libc.ts';

export interface TestFolder extends AsyncDisposable {
  readonly path: string;
  at(...names: string[]): string;
}

export async function createTestFolder(parent = tmpdir()): Promise<TestFolder> {
  const path = await mkdtemp(join(parent, 'kura-vault-'));
  return {
    path,
    at: (...names) => join(path, ...names),
    async [Symbol.asyncDispose]() {
      await removeTree(Buffer.from(path));
    },
  };
}

/**
 * A folder in memory where there is one that takes attributes: for tests that write much and do not cut the power. They
 * wait for no disk, and kill -9 loses there what it loses anywhere.
 */
export async function createMemoryFolder(): Promise<TestFolder> {
  return await createTestFolder((await takesAttributes('/dev/shm')) ? '/dev/shm' : tmpdir());
}

async function takesAttributes(parent: string): Promise<boolean> {
  try {
    await using folder = await createTestFolder(parent);
    const libc = await openLibc();
    libc?.writeAttribute(Buffer.from(folder.path), Buffer.from('user.kura'), Buffer.from('1'));
    return libc !== undefined;
  } catch {
    return false;
  }
}

/** With names of any bytes, which Node's own cannot, and folders that tests closed to everybody but root. */
async function removeTree(folder: Buffer): Promise<void> {
  await chmod(folder, 0o700);
  for (const entry of await readdir(folder, { withFileTypes: true, encoding: 'buffer' })) {
    const path = Buffer.concat([folder, Buffer.from('/'), entry.name]);
    await (entry.isDirectory() ? removeTree(path) : rm(path, { force: true }));
  }
  await rmdir(folder);
}

export interface TestVaultOptions {
  readonly folder: string;
  readonly passphrase?: string | undefined;
  readonly chunkBytes?: number;
  /** Milliseconds the clock of the vault is ahead: files written just now then look old enough to be trusted. */
  readonly ahead?: number;
}

/** Cheap scrypt and small chunks: everything else as in real repositories. */
export async function createTestVault(options: TestVaultOptions): Promise<Vault> {
  const storage = createLocalDiskStorage({ folder: options.folder });
  const { passphrase } = options;
  await initVault({
    storage,
    encryption: passphrase === undefined ? 'none' : 'aes256',
    chunkBytes: options.chunkBytes ?? 64 * 1024,
    scryptCost: 1 << 10,
    ...(passphrase === undefined ? {} : { passphrase }),
  });
  return reopen(options);
}

export async function reopen(options: TestVaultOptions): Promise<Vault> {
  const { passphrase } = options;
  return openVault({
    storage: createLocalDiskStorage({ folder: options.folder }),
    clock: { now: () => Date.now() + (options.ahead ?? 60_000), monotonic: () => performance.now() },
    ...(passphrase === undefined ? {} : { passphrase }),
  });
}

/** A tree as data: text or bytes are files, objects say what else. */
export type TestTree = Readonly<Record<string, string | Uint8Array | TestEntry>>;
interface TestEntry {
  readonly folder?: true;
  readonly symlink?: string;
  readonly hardlink?: string;
  readonly content?: string | Uint8Array;
  readonly mode?: number;
  readonly mtime?: number;
}

export async function writeTree(root: string, tree: TestTree): Promise<void> {
  await mkdir(root, { recursive: true });
  const entries = Object.entries(tree).map(([name, entry]) => [join(root, name), asEntry(entry)] as const);
  for (const [path, entry] of entries) {
    await mkdir(entry.folder === true ? path : dirname(path), { recursive: true });
    if (entry.symlink !== undefined) await symlink(entry.symlink, path);
    else if (entry.hardlink !== undefined) await link(join(root, entry.hardlink), path);
    else if (entry.folder !== true) await writeFile(path, entry.content ?? '');
  }
  for (const [path, entry] of entries.toReversed()) {
    if (entry.mode !== undefined) await chmod(path, entry.mode);
    await setTime(path, entry.mtime ?? DEFAULT_TIME);
    for (let folder = dirname(path); folder.startsWith(`${root}/`); folder = dirname(folder)) {
      if (!entries.some(([other]) => other === folder)) await setTime(folder, DEFAULT_TIME);
    }
  }
}

const DEFAULT_TIME = 1_750_000_000;

async function setTime(path: string, seconds: number): Promise<void> {
  await lutimes(path, seconds, seconds);
}

/** Everything a restore has to bring back, as comparable text. */
export async function describeTree(root: string): Promise<readonly string[]> {
  const lines: string[] = [];
  const inodes = new Map<bigint, string>();
  const libc = await openLibc();
  for (const name of await namesBelow(Buffer.from(root))) {
    const path = Buffer.concat([Buffer.from(`${root}/`), Buffer.from(name, 'latin1')]);
    const facts = await lstat(path, { bigint: true });
    const shared = `${name} ${(Number(facts.mode) & 0o7777).toString(8)} ${facts.uid}:${facts.gid}`;
    const time = `${facts.mtimeNs} ${attributesOf(libc, path)}`;
    if (facts.isSymbolicLink()) lines.push(`${shared} ${time} -> ${await readlink(path)}`);
    else if (facts.isDirectory()) lines.push(`${shared} ${time} folder`);
    else
      lines.push(
        `${shared} ${time} ${createHash('sha256')
          .update(await readFile(path))
          .digest('hex')} ${firstNameOf(inodes, facts.ino, name)}`,
      );
  }
  return lines.sort();
}

export async function collected<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** Relative paths, one byte per character: readdir's own recursion cannot do bytes. */
async function namesBelow(folder: Buffer, prefix = ''): Promise<string[]> {
  const names: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true, encoding: 'buffer' })) {
    const name = prefix + entry.name.toString('latin1');
    names.push(name);
    const inner = Buffer.concat([folder, Buffer.from('/'), entry.name]);
    if (entry.isDirectory()) names.push(...(await namesBelow(inner, `${name}/`)));
  }
  return names;
}

function attributesOf(libc: Libc | undefined, path: Buffer): string {
  if (libc === undefined) return '';
  return readAttributes(libc, path)
    .map(({ name, value }) => `${name.toString('latin1')}=${value.toString('hex')}`)
    .sort()
    .join(' ');
}

function firstNameOf(inodes: Map<bigint, string>, inode: bigint, name: string): string {
  const first = inodes.get(inode);
  if (first === undefined) inodes.set(inode, name);
  return first ?? 'first';
}

function asEntry(entry: TestTree[string]): TestEntry {
  return typeof entry === 'string' || entry instanceof Uint8Array ? { content: entry } : entry;
}
