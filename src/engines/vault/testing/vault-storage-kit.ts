/** What every VaultStorage must do. Each implementation runs it with its own way to make an empty storage. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { VaultStorage } from '#engines/vault';
import type { KuraError } from '#kernel/errors';

import { collected } from './vault-fixture.ts';

export interface StorageUnderTest extends AsyncDisposable {
  readonly storage: VaultStorage;
}

export function vaultStorageKit(name: string, create: () => Promise<StorageUnderTest>): void {
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
        const seen = Buffer.from(await storage.read('config'));
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

async function writeRepeatedly(storage: VaultStorage, values: readonly Uint8Array[], rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round++) for (const value of values) await storage.write('config', value);
}

function isError(kind: string, code: string) {
  return (error: KuraError) => error.kind === kind && error.code === code;
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString();
}

function byKey(one: { readonly key: string }, other: { readonly key: string }): number {
  return one.key < other.key ? -1 : 1;
}
