/** Any damage to any stored file: what verification says, what still reads, and what repair makes of it. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';

import * as fc from 'fast-check';

import { isKuraError } from '#kernel/errors';
import { DAY } from '#kernel/units';

import { blobId } from '../format/blob.ts';
import { createMemoryStorage, type MemoryStorage } from '../testing/memory-storage.ts';
import { cloneStorage, createMemoryVault, type MemoryVault, reopenMemoryVault } from '../testing/memory-vault.ts';
import { collected, createTestFolder, writeTree } from '../testing/vault-fixture.ts';
import type { Vault } from '../vault.ts';

/** `KURA_TEST_DAMAGES=1000` for a long look. */
const numRuns = Number(process.env['KURA_TEST_DAMAGES'] ?? 4);
const passphrase = 'four words and more';

interface Damage {
  /** Picks the stored file. */
  readonly which: number;
  readonly kind: 'flip' | 'truncate' | 'extend' | 'delete' | 'swap';
  /** Where, from 0 to 1. */
  readonly at: number;
}

const anyDamage: fc.Arbitrary<Damage> = fc.record({
  which: fc.nat(),
  kind: fc.constantFrom('flip', 'truncate', 'extend', 'delete', 'swap'),
  at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
});

/** A repository with every kind of stored file, and what it holds. */
interface World extends AsyncDisposable {
  readonly made: MemoryVault;
  readonly copy: MemoryVault;
  /** As rsync would have made it. */
  readonly clone: MemoryVault;
  readonly sound: ReadonlyMap<string, Uint8Array>;
  /** Files of each snapshot, as `path sha256`. */
  readonly trees: ReadonlyMap<string, readonly string[]>;
}

async function makeWorld(encrypted: boolean): Promise<World> {
  const chunkBytes = 1 << 21;
  await using folder = await createTestFolder();
  const source = folder.at('source');
  const made = await createMemoryVault({ passphrase: encrypted ? passphrase : undefined, chunkBytes });
  const copy = await createMemoryVault({ passphrase: 'another', chunkBytes });
  await writeTree(source, {
    'm/model': randomBytes(1_200_000),
    note: 'text '.repeat(2000),
    'n/one': randomBytes(9000),
    empty: '',
  });
  const first = await made.vault.backup({ source });
  made.clock.pass(DAY);
  await writeTree(source, { note: 'other text', 'n/two': randomBytes(9000), 'm/other': weights(300_000) });
  const second = await made.vault.backup({ source });
  await made.vault.hold({ snapshot: first.snapshot.id, reason: 'case 7' });
  await made.vault.verify({ readData: true });
  await made.vault.copyTo(copy.vault);
  const trees = new Map<string, readonly string[]>();
  for (const { snapshot } of [first, second]) trees.set(snapshot.id, await readableFiles(made.vault, snapshot.id));
  const clone = await reopenMemoryVault({
    ...made,
    storage: cloneStorage(made.storage),
    ...(encrypted ? { passphrase } : {}),
  });
  return {
    made,
    copy,
    clone,
    sound: new Map(made.storage.values),
    trees,
    async [Symbol.asyncDispose]() {
      await made[Symbol.asyncDispose]();
      await copy[Symbol.asyncDispose]();
      await clone[Symbol.asyncDispose]();
    },
  };
}

/** Numbers as models have them, which are stored in a way of their own. */
function weights(count: number): Uint8Array {
  return new Uint8Array(Float32Array.from({ length: count }, (_, index) => Math.sin(index * index) / 50).buffer);
}

function inflict({ sound }: World, damages: readonly Damage[]): { storage: MemoryStorage; hurt: ReadonlySet<string> } {
  const storage = createMemoryStorage();
  for (const [key, value] of sound) storage.values.set(key, value.slice());
  const keys = [...sound.keys()].toSorted();
  for (const { which, kind, at } of damages) {
    const key = keys[which % keys.length] ?? '';
    const value = storage.values.get(key);
    if (value === undefined) continue;
    const place = Math.floor(at * value.byteLength);
    const other = keys[Math.floor(at * keys.length)] ?? '';
    const theirs = storage.values.get(other);
    if (kind === 'delete') storage.values.delete(key);
    if (kind === 'truncate') storage.values.set(key, value.slice(0, place));
    if (kind === 'extend')
      storage.values.set(key, Uint8Array.from(Buffer.concat([value, randomBytes(1 + (which % 40))])));
    if (kind === 'flip' && value.byteLength > 0) value[place] = (value[place] ?? 0) ^ (1 << (which % 8));
    if (kind === 'swap' && theirs !== undefined) {
      storage.values.set(key, theirs);
      storage.values.set(other, value);
    }
  }
  const hurt = keys.filter((key) => !Buffer.from(sound.get(key) ?? []).equals(storage.values.get(key) ?? Buffer.of(0)));
  return { storage, hurt: new Set(hurt) };
}

/** `path sha256` of the files of a snapshot whose contents come back. */
async function readableFiles(vault: Vault, snapshot: string): Promise<readonly string[]> {
  const files: string[] = [];
  for (const entry of await collected(vault.entries(snapshot))) {
    if (entry.type !== 'file') continue;
    const read = collected(vault.readFile(snapshot, entry.path));
    if (await read.then(() => true, isDamage)) files.push(`${entry.path.toString()} ${entry.sha256}`);
  }
  return files;
}

function isDamage(error: unknown): false {
  assert.ok(isKuraError(error) && ['mismatch', 'not-found', 'invalid'].includes(error.kind), String(error));
  return false;
}

/** Nothing is missed that is hurt, and nothing is called hurt that is not. */
async function assertNamed({ vault, storage }: MemoryVault, world: World, hurt: ReadonlySet<string>): Promise<void> {
  const { errors } = await vault.verify({ readData: true, keepLedger: false });
  const codes = errors.map(({ object, error }) => `${object}: ${error.code}`).join('\n');
  // Nothing needs these, and nothing tells that one was ever there.
  const told = [...hurt].filter((key) => storage.values.has(key) || !/^(?:index|checked)\//.test(key));
  assert.equal(errors.length > 0, told.length > 0, `${[...hurt].join()}\n${codes}`);
  for (const snapshot of world.trees.keys()) {
    const isLost = errors.some(({ object }) => object === `snapshots/${snapshot}`);
    const lostList = errors.some(({ snapshots, files }) => snapshots.includes(blobId(snapshot)) && files.length === 0);
    if (isLost || lostList) continue;
    const named = new Set(
      errors.filter((each) => each.snapshots.includes(blobId(snapshot))).flatMap((each) => each.files),
    );
    const readable = await readableFiles(vault, snapshot);
    const unnamed = (world.trees.get(snapshot) ?? []).filter((file) => !named.has(file.split(' ')[0] ?? ''));
    assert.deepEqual(
      unnamed.filter((file) => !readable.includes(file)),
      [],
      `lost and not named:\n${codes}`,
    );
  }
}

function isRegister(key: string): boolean {
  return key.startsWith('register/');
}

describe('any damage', () => {
  for (const encrypted of [true, false]) {
    describe(encrypted ? 'to an encrypted repository' : 'to an open repository', () => {
      let world: World;
      before(async () => {
        world = await makeWorld(encrypted);
      });
      after(() => world[Symbol.asyncDispose]());

      async function reopened(storage: MemoryStorage): Promise<MemoryVault> {
        return await reopenMemoryVault({ storage, clock: world.made.clock, ...(encrypted ? { passphrase } : {}) });
      }

      it('is named, costs what is named and nothing else, and heals from a clone or a copy', async () => {
        const damages = fc.array(anyDamage, { minLength: 1, maxLength: 4 });
        const property = fc.asyncProperty(damages, fc.boolean(), async (wanted, fromClone) => {
          const { storage, hurt } = inflict(world, wanted);
          const deleted = [...hurt].filter((key) => !storage.values.has(key));
          // Without the register nobody can tell that these were there, and verification says just that.
          if ([...hurt].some(isRegister) && deleted.some((key) => /^(?:snapshots|holds)/.test(key))) return;
          if (hurt.has('config') && hurt.has('config.copy')) {
            await assert.rejects(reopened(storage), (error) => isKuraError(error));
            return;
          }
          await using damaged = await reopened(storage);
          await assertNamed(damaged, world, hurt);
          const { remaining } = await damaged.vault.repair({ from: (fromClone ? world.clone : world.copy).vault });
          const left = remaining.filter(({ object }) => fromClone || !object.startsWith('holds/'));
          assert.deepEqual(
            left.map(({ object, error }) => [object, error.code]),
            [],
          );
          const { errors } = await damaged.vault.verify({ readData: true });
          assert.deepEqual(
            errors.filter((each) => !remaining.some(({ object }) => object === each.object)),
            [],
          );
          const { snapshots } = await damaged.vault.snapshots();
          const trees = [...world.trees.values()];
          assert.equal(snapshots.length, trees.length);
          for (const [index, { id }] of snapshots.entries()) {
            assert.deepEqual(await readableFiles(damaged.vault, id), trees[index]);
          }
        });
        await fc.assert(property, { numRuns });
      });
    });
  }
});
