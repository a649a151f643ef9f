/** A repository in the middle of its life, copied for each trial, and what must hold of it whatever happens. */
import assert from 'node:assert/strict';
import { cp, readdir, rm } from 'node:fs/promises';
import path from 'node:path';

import { mulberry32 } from '#stand-ins/seeded-random';

import {
  createMemoryFolder,
  createTestVault,
  describeTree,
  reopen,
  writeTree,
} from '../../../src/engines/vault/testing/vault-fixture.ts';
import { type OperationName, runOperation } from '../../../src/engines/vault/testing/vault-operations.ts';

export const passphrase = 'stopped again and again';

/** A folder with `source` (changed since), `repo`, `copy` (empty) and `target` (something in the way). */
export interface FaultWorld extends AsyncDisposable {
  readonly folder: string;
  /** Snapshots of the repository, oldest first, and what they restore to. */
  readonly snapshots: readonly { readonly id: string; readonly tree: readonly string[] }[];
}

/** Three snapshots, the first of them forgotten: there is something to prune. */
export async function createFaultWorld(): Promise<FaultWorld> {
  const folder = await createMemoryFolder();
  const source = folder.at('source');
  const options = { passphrase, chunkBytes: 64 * 1024 };
  await using vault = await createTestVault({ ...options, folder: folder.at('repo') });
  const snapshots: { readonly id: string; readonly tree: readonly string[] }[] = [];
  for (const generation of [1, 2, 3]) {
    await rm(source, { recursive: true, force: true });
    await writeTree(source, contentOf(generation));
    const { snapshot } = await vault.backup({ source });
    snapshots.push({ id: snapshot.id, tree: await describeTree(source) });
  }
  await vault.forget({ snapshots: [snapshots[0]?.id ?? ''] });
  await rm(source, { recursive: true });
  await writeTree(source, contentOf(4));
  await using _copy = await createTestVault({ ...options, folder: folder.at('copy') });
  await writeTree(folder.at('target'), { 'd/f1': 'in the way', extra: 'to be deleted' });
  return {
    folder: folder.path,
    snapshots: snapshots.slice(1),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

/** Runs `work` on a copy of the world at `place`. */
export async function withCopy(
  world: FaultWorld,
  place: string,
  work: (folder: string) => Promise<void>,
): Promise<void> {
  await cp(world.folder, place, { recursive: true, preserveTimestamps: true });
  await work(place);
  await rm(place, { recursive: true });
}

/** After a stop: everything verifies, and what the operation was not to take away restores. */
export async function assertSound(name: OperationName, folder: string, world: FaultWorld, what: string): Promise<void> {
  await using vault = await reopen({ folder: path.join(folder, 'repo'), passphrase });
  assert.deepEqual((await vault.verify({ readData: true })).errors, [], what);
  // `forget` is asked to keep the newest only.
  for (const { id, tree } of name === 'forget' ? world.snapshots.slice(-1) : world.snapshots) {
    const target = path.join(folder, `restored-${id.slice(0, 8)}`);
    await vault.restore({ snapshot: id, target });
    assert.deepEqual(await describeTree(target), tree, what);
    await rm(target, { recursive: true });
  }
}

/** The same operation again, undisturbed: it does what it is for. */
export async function assertCompletes(
  name: OperationName,
  folder: string,
  world: FaultWorld,
  what: string,
): Promise<void> {
  await runOperation(name, { folder, passphrase, onStep() {} });
  assert.deepEqual(await readdir(path.join(folder, 'repo', 'locks')), [], what);
  await using vault = await reopen({ folder: path.join(folder, 'repo'), passphrase });
  assert.deepEqual((await vault.verify({ readData: true })).errors, [], what);
  if (name === 'restore') {
    assert.deepEqual(await describeTree(path.join(folder, 'target')), world.snapshots.at(-1)?.tree, what);
  }
  if (name === 'backup') {
    await vault.restore({ snapshot: 'latest', target: path.join(folder, 'after') });
    assert.deepEqual(await describeTree(path.join(folder, 'after')), await describeTree(path.join(folder, 'source')));
  }
  if (name !== 'copy') return;
  await using copy = await reopen({ folder: path.join(folder, 'copy'), passphrase });
  assert.deepEqual((await copy.verify({ readData: true })).errors, [], what);
  assert.equal((await copy.snapshots()).snapshots.length, world.snapshots.length, what);
}

/** Some files change, some stay; small ones share packs, the large one has chunks of its own. */
function contentOf(generation: number): Parameters<typeof writeTree>[1] {
  const small = Array.from({ length: 12 }, (_, index) => index);
  return Object.fromEntries([
    ...small.map((index) => [`d/f${index}`, noise(index % 3 === 0 ? generation : 0, index, 9000)] as const),
    ['large', noise(generation, 99, 600_000)] as const,
  ]);
}

function noise(generation: number, index: number, bytes: number): Buffer {
  const next = mulberry32(generation * 1000 + index);
  return Buffer.from(Uint32Array.from({ length: bytes / 4 }, () => next() * 2 ** 32).buffer);
}
