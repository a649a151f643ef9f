/** What every VaultStorage must do. Each implementation runs it with its own way to make an empty storage. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';

import type { VaultStorage } from '#engines/vault';
import { isKuraError, type KuraError } from '#kernel/errors';
import { MIB } from '#kernel/units';

import { collected } from './vault-fixture.ts';

export interface StorageUnderTest extends AsyncDisposable {
  readonly storage: VaultStorage;
}

/** A storage on a server. */
export interface ConnectedStorage extends StorageUnderTest {
  /** Breaks every connection to the server, which stays there for new ones. */
  readonly cut: () => void;
}

export interface StorageTraits {
  /** False: while a value is replaced, nobody may find one for a moment. */
  readonly replacesAtomically?: boolean;
  /** False: it has no `create`. */
  readonly creates?: boolean;
}

export function vaultStorageKit(
  name: string,
  create: () => Promise<StorageUnderTest>,
  traits: StorageTraits = {},
): void {
  basicContract(name, create, traits);
  contractUnderLoad(name, create);
  if (traits.creates !== false) contractOfCreate(name, create);
}

function basicContract(name: string, create: () => Promise<StorageUnderTest>, traits: StorageTraits): void {
  describe(`${name} as vault storage`, () => {
    it('returns what was written, whole and in ranges', async () => {
      await using test = await create();
      const { storage } = test;
      await storage.write('objects/ab/cd', Buffer.from('0123456789'));
      assert.equal(text(await storage.read('objects/ab/cd')), '0123456789');
      assert.equal(text(await storage.read('objects/ab/cd', { range: { offset: 3, length: 4 } })), '3456');
      assert.equal(text(await storage.read('objects/ab/cd', { range: { offset: 10, length: 0 } })), '');
    });

    it('keeps empty values', async () => {
      await using test = await create();
      await test.storage.write('empty', new Uint8Array());
      assert.equal((await test.storage.read('empty')).byteLength, 0);
      assert.deepEqual(await collected(test.storage.list('')), [{ key: 'empty', size: 0 }]);
    });

    it('replaces a value as a whole', async () => {
      await using test = await create();
      await test.storage.write('config', Buffer.from('a long first value'));
      await test.storage.write('config', Buffer.from('short'));
      assert.equal(text(await test.storage.read('config')), 'short');
    });

    it('lists everything below a prefix with its size, and nothing else', async () => {
      await using test = await create();
      const { storage } = test;
      await storage.write('objects/ab/one', Buffer.alloc(3));
      await storage.write('objects/cd/two', Buffer.alloc(5));
      await storage.write('snapshots/three', Buffer.alloc(7));
      assert.deepEqual((await collected(storage.list('objects/'))).sort(byKey), [
        { key: 'objects/ab/one', size: 3 },
        { key: 'objects/cd/two', size: 5 },
      ]);
      assert.equal((await collected(storage.list(''))).length, 3);
      assert.deepEqual(await collected(storage.list('locks/')), []);
    });

    it('says that a value is missing', async () => {
      await using test = await create();
      await assert.rejects(test.storage.read('nothing/here'), isError('not-found', 'vault.object-missing'));
    });

    it('says that a range goes past the end', async () => {
      await using test = await create();
      await test.storage.write('x', Buffer.alloc(10));
      const past = test.storage.read('x', { range: { offset: 5, length: 6 } });
      await assert.rejects(past, isError('mismatch', 'vault.object-truncated'));
    });

    it('removes, and does not mind when there is nothing to remove', async () => {
      await using test = await create();
      await test.storage.write('locks/a', Buffer.alloc(1));
      await test.storage.remove('locks/a');
      await test.storage.remove('locks/a');
      await test.storage.sync();
      assert.deepEqual(await collected(test.storage.list('')), []);
    });

    it('does nothing once the signal is aborted', async () => {
      await using test = await create();
      const signal = AbortSignal.abort();
      await assert.rejects(test.storage.write('x', Buffer.alloc(1), signal), { name: 'AbortError' });
      await assert.rejects(test.storage.read('x', { signal }), { name: 'AbortError' });
      assert.deepEqual(await collected(test.storage.list('')), []);
    });

    it('shows old or new, never a mixture, to readers beside a writer', async () => {
      await using test = await create();
      const { storage } = test;
      const [old, fresh] = [Buffer.alloc(300_000, 1), Buffer.alloc(200_000, 2)];
      await storage.write('config', old);
      const writes = writeRepeatedly(storage, [fresh, old], 10);
      for (let round = 0; round < 30; round++) {
        const seen = await readOrGone(storage, 'config');
        if (seen === undefined && traits.replacesAtomically === false) continue;
        assert.ok(seen !== undefined, 'nothing for a moment');
        assert.ok(seen.equals(old) || seen.equals(fresh), `a mixture of ${seen.length} bytes`);
      }
      await writes;
    });

    it('can discard unfinished writes without touching finished ones', async () => {
      await using test = await create();
      await test.storage.write('objects/ab/one', Buffer.from('kept'));
      await test.storage.discardUnfinished();
      assert.equal(text(await test.storage.read('objects/ab/one')), 'kept');
    });
  });
}

function contractUnderLoad(name: string, create: () => Promise<StorageUnderTest>): void {
  describe(`${name} as vault storage under load`, () => {
    it('brings large values back whole and in ranges, also across the pieces they were sent in', async () => {
      await using test = await create();
      const value = randomBytes(17 * MIB + 123);
      await test.storage.write('objects/ab/large', value);
      assert.ok(value.equals(await test.storage.read('objects/ab/large')));
      const range = { offset: 8 * MIB - 1000, length: 300_000 };
      const part = await test.storage.read('objects/ab/large', { range });
      assert.ok(value.subarray(range.offset, range.offset + range.length).equals(part));
      assert.deepEqual(await collected(test.storage.list('')), [{ key: 'objects/ab/large', size: value.length }]);
    });

    it('lists all of many values, written by several at a time', async () => {
      await using test = await create();
      const keys = Array.from({ length: 45 }, (_, index) => `objects/${index % 5}a/${String(index).padStart(3, '0')}`);
      await Promise.all(keys.map((key) => test.storage.write(key, Buffer.from(key))));
      const found = (await collected(test.storage.list('objects/'))).map(({ key }) => key);
      assert.deepEqual(found.toSorted(), keys.toSorted());
      const values = await Promise.all(keys.map(async (key) => text(await test.storage.read(key))));
      assert.deepEqual(values, keys);
    });

    it('keeps the value of one of several who write the same key', async () => {
      await using test = await create();
      const values = [1, 2, 3, 4].map((byte) => Buffer.alloc(100_000 + byte, byte));
      await Promise.all(values.map((value) => test.storage.write('config', value)));
      const kept = Buffer.from(await test.storage.read('config'));
      assert.ok(values.some((value) => value.equals(kept)));
    });

    it('shows nothing or the whole value of a write that was aborted', async () => {
      await using test = await create();
      const value = Buffer.alloc(12 * MIB, 7);
      const stop = new AbortController();
      const writing = test.storage.write('objects/ab/stopped', value, stop.signal);
      setImmediate(() => stop.abort());
      await writing.catch((error: unknown) => assert.equal((error as Error).name, 'AbortError'));
      await test.storage.discardUnfinished();
      const seen = await readOrGone(test.storage, 'objects/ab/stopped');
      assert.ok(seen === undefined || seen.equals(value));
    });
  });
}

function contractOfCreate(name: string, create: () => Promise<StorageUnderTest>): void {
  describe(`${name} as vault storage that can create`, () => {
    it('creates for one of several at the same moment, and says so to the others', async () => {
      await using test = await create();
      const { storage } = test;
      async function make(byte: number): Promise<void> {
        assert.ok(storage.create !== undefined);
        await storage.create('locks/one', Buffer.alloc(10, byte));
      }
      const made = await Promise.allSettled([1, 2, 3, 4, 5].map(make));
      const refused = made.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
      assert.equal(refused.length, 4, String(refused[0]));
      for (const error of refused) assert.ok(isError('conflict', 'vault.object-exists')(error), String(error));
      assert.equal((await storage.read('locks/one')).byteLength, 10);
      await storage.discardUnfinished();
      assert.equal((await collected(storage.list(''))).length, 1);
    });
  });
}

/** For storages on servers, besides the kit. */
export function connectionKit(name: string, create: () => Promise<ConnectedStorage>): void {
  describe(`${name} over connections that break`, () => {
    it('goes on over new connections when the old ones are cut, and never shows half a value', async () => {
      await using test = await create();
      const { storage, cut } = test;
      await storage.write('config', Buffer.from('before'));
      const value = randomBytes(12 * MIB);
      const writing = storage.write('objects/ab/cut', value);
      setImmediate(cut);
      const failure = await writing.then(
        () => undefined,
        (error: unknown) => error,
      );
      assert.ok(failure === undefined || isError('unavailable', 'vault.storage-unreachable')(failure), String(failure));
      assert.equal(text(await storage.read('config')), 'before');
      const seen = await readOrGone(storage, 'objects/ab/cut');
      assert.ok(seen === undefined || seen.equals(value));
      await storage.write('objects/ab/cut', value);
      assert.ok(value.equals(await storage.read('objects/ab/cut')));
    });
  });
}

async function readOrGone(storage: VaultStorage, key: string): Promise<Buffer | undefined> {
  try {
    return Buffer.from(await storage.read(key));
  } catch (error) {
    if (!isKuraError(error) || error.code !== 'vault.object-missing') throw error;
    return undefined;
  }
}

async function writeRepeatedly(storage: VaultStorage, values: readonly Uint8Array[], rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round++) for (const value of values) await storage.write('config', value);
}

function isError(kind: string, code: string) {
  return (error: unknown): error is KuraError => isKuraError(error) && error.kind === kind && error.code === code;
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString();
}

function byKey(one: { readonly key: string }, other: { readonly key: string }): number {
  return one.key < other.key ? -1 : 1;
}
