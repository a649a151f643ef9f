import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { crc32 } from 'node:zlib';

import { systemRandom } from '#kernel/clock';
import { DAY } from '#kernel/units';

import { createBlobCodec } from '../format/blob.ts';
import { createPackWriter } from '../format/pack.ts';
import { addVaultKey } from '../keys/change-keys.ts';
import { vaultIdBytes } from '../keys/vault-keys.ts';
import type { MemoryStorage } from '../testing/memory-storage.ts';
import { cloneStorage, createMemoryVault, type MemoryVault, reopenMemoryVault } from '../testing/memory-vault.ts';
import { createTestFolder, describeTree, type TestFolder, writeTree } from '../testing/vault-fixture.ts';

const passphrase = 'four words and more';
const damages = {
  flip: (value: Uint8Array) =>
    Uint8Array.from(value, (byte, at) => (at === value.byteLength >> 1 ? byte ^ 0x10 : byte)),
  'flip at the end': (value: Uint8Array) =>
    Uint8Array.from(value, (byte, at) => (at === value.byteLength - 3 ? byte ^ 0x10 : byte)),
  truncate: (value: Uint8Array) => value.slice(0, value.byteLength >> 1),
  empty: () => new Uint8Array(),
  delete: () => undefined,
  swap: (_value: Uint8Array, other: Uint8Array) => other.slice(),
} as const;

/** One repository of each kind of stored file, damaged anew for each case. */
interface Patient {
  readonly folder: TestFolder;
  readonly made: MemoryVault;
  readonly sound: ReadonlyMap<string, Uint8Array>;
  /** Another repository with other keys that has copies of the snapshots. */
  readonly copy: MemoryVault;
}

async function makePatient(): Promise<Patient> {
  const folder = await createTestFolder();
  const made = await createMemoryVault({ passphrase });
  const copy = await createMemoryVault({ passphrase: 'another' });
  // Above 1 MiB as stored it is an object of its own; chunks of this repository are smaller, so all lie in packs.
  await writeTree(folder.at('source'), {
    'm/model': randomBytes(150_000),
    'm/twin': randomBytes(70_000),
    note: 'text',
  });
  await made.vault.backup({ source: folder.at('source') });
  await writeTree(folder.at('source'), { later: randomBytes(80_000) });
  made.clock.pass(DAY);
  await made.vault.backup({ source: folder.at('source') });
  await made.vault.hold({ snapshot: 'latest', reason: 'x' });
  await addVaultKey({ storage: made.storage, passphrase, scryptCost: 2 }, { passphrase: 'two', label: 'two' });
  await made.vault.verify({ readData: true });
  await made.vault.copyTo(copy.vault);
  return { folder, made, copy, sound: new Map(made.storage.values) };
}

function reset({ made: { storage }, sound }: Patient): void {
  storage.values.clear();
  for (const [key, value] of sound) storage.values.set(key, value.slice());
}

/** The stored file, and another one of its kind to be swapped with. */
function keysOf(sound: ReadonlyMap<string, Uint8Array>, prefix: string): readonly [string, string] {
  const [one = '', other = one] = [...sound.keys()].filter((key) => key.startsWith(prefix)).toSorted();
  return [one, other];
}

async function restoresExactly(folder: TestFolder, vault: MemoryVault): Promise<void> {
  const target = folder.at('back');
  await vault.vault.restore({ snapshot: 'latest', target });
  assert.deepEqual(await describeTree(target), await describeTree(folder.at('source')));
  await rm(target, { recursive: true });
}

describe('a damaged repository', () => {
  let patient: Patient;
  before(async () => {
    patient = await makePatient();
  });
  after(async () => {
    await patient.folder[Symbol.asyncDispose]();
    await patient.made[Symbol.asyncDispose]();
    await patient.copy[Symbol.asyncDispose]();
  });

  const codes: Readonly<Record<string, RegExp>> = {
    config: /vault\.(config-damaged|object-missing)/,
    'config.copy': /vault\.(config-damaged|object-missing)/,
    'packs/': /vault\.object-(damaged|missing|truncated)/,
    'snapshots/': /vault\.snapshot-(damaged|missing)/,
    'register/': /vault\.register-(damaged|missing)/,
    'holds/': /vault\.hold-(damaged|missing)/,
    'checked/': /vault\.checks-damaged/,
  };
  for (const prefix of Object.keys(codes)) {
    for (const [name, damage] of Object.entries(damages)) {
      // Of the others each byte counts alike.
      if (prefix !== 'packs/' && /end|empty/.test(name)) continue;
      it(`${prefix}: ${name} is named exactly, and healed from a clone`, async () => {
        reset(patient);
        const { folder, made, sound } = patient;
        const clone = await cloneOf(made, cloneStorage(made.storage));
        await using _ = clone;
        const [key, other] = keysOf(sound, prefix);
        const before = made.storage.values.get(key) ?? new Uint8Array();
        hurt(made.storage, key, damage(before, made.storage.values.get(other) ?? before));
        const same = made.storage.values.get(key);
        // One of a kind cannot be swapped; a note that is gone is noticed by nobody.
        if (same !== undefined && Buffer.from(same).equals(before)) return;
        await using open = await reopenMemoryVault({ ...made, passphrase });
        const { errors } = await open.vault.verify({ readData: true, keepLedger: false });
        if (name === 'delete' && prefix === 'checked/') {
          assert.deepEqual(errors, []);
          return;
        }
        assert.ok(errors.length > 0);
        for (const { error } of errors) assert.match(error.code, codes[prefix] ?? /-/);
        if (prefix === 'packs/') assert.ok(errors.some(({ files, snapshots }) => files.length + snapshots.length > 0));
        const done = await open.vault.repair({ from: clone.vault });
        assert.deepEqual(done.remaining, []);
        assert.deepEqual((await open.vault.verify({ readData: true })).errors, []);
        assert.equal((await open.vault.snapshots()).snapshots.length, 2);
        await restoresExactly(folder, open);
      });
    }
  }

  for (const [name, damage] of Object.entries(damages)) {
    it(`every pack, ${name}: healed from a repository with other keys`, async () => {
      reset(patient);
      const { folder, made, copy, sound } = patient;
      for (const key of [...sound.keys()].filter((each) => each.startsWith('packs/'))) {
        hurt(made.storage, key, damage(sound.get(key) ?? new Uint8Array(), new Uint8Array(90)));
      }
      const done = await made.vault.repair({ from: copy.vault });
      assert.deepEqual(done.remaining, []);
      assert.deepEqual((await made.vault.verify({ readData: true })).errors, []);
      await restoresExactly(folder, made);
    });
  }

  it('heals objects of their own, however they are damaged', async () => {
    await using folder = await createTestFolder();
    await writeTree(
      folder.at('source'),
      Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [name, randomBytes(1_100_000)])),
    );
    await using made = await createMemoryVault({ passphrase, chunkBytes: 2 << 20 });
    await using copy = await createMemoryVault({ chunkBytes: 2 << 20 });
    await made.vault.backup({ source: folder.at('source') });
    await made.vault.copyTo(copy.vault);
    const objects = [...made.storage.values].filter(([key]) => key.startsWith('objects/'));
    const [last = new Uint8Array()] = objects.map(([, value]) => value).slice(-1);
    for (const [index, name] of (['flip', 'truncate', 'delete', 'swap'] as const).entries()) {
      const [key = '', value = last] = objects[index] ?? [];
      hurt(made.storage, key, name === 'swap' ? objects[0]?.[1] : damages[name](value));
    }
    const { errors } = await made.vault.verify({ readData: true });
    assert.deepEqual(errors.flatMap(({ files }) => files).toSorted(), ['a', 'b', 'c', 'd']);
    assert.deepEqual((await made.vault.repair({ from: copy.vault })).remaining, []);
    await restoresExactly(folder, made);
  });

  it('gets what the living source still has from there, and names what is lost', async () => {
    reset(patient);
    const { folder, made, sound } = patient;
    for (const key of [...sound.keys()].filter((each) => each.startsWith('packs/'))) {
      hurt(made.storage, key, damages.flip(sound.get(key) ?? new Uint8Array()));
    }
    const dry = await made.vault.repair({ fromSource: true, dryRun: true });
    assert.ok(dry.healed.some(({ by }) => by === 'source'));
    assert.ok(made.storage.values.size === sound.size, 'a dry run changes nothing');
    const done = await made.vault.repair({ fromSource: true });
    assert.deepEqual(done.remaining, []);
    await restoresExactly(folder, made);
  });

  it('without any help keeps every sound blob, loses only the damaged one, and the next backup stores it again', async () => {
    reset(patient);
    const { folder, made, sound } = patient;
    const largest = [...sound]
      .filter(([key]) => key.startsWith('packs/'))
      .toSorted(([, one], [, two]) => two.byteLength - one.byteLength)[0]?.[0];
    hurt(made.storage, largest ?? '', damages.flip(sound.get(largest ?? '') ?? new Uint8Array()));
    const done = await made.vault.repair();
    assert.equal(done.errors.length, 1);
    assert.equal(done.remaining.length, 1);
    assert.equal(done.remaining[0]?.error.code, 'vault.object-missing');
    assert.deepEqual(done.remaining[0]?.files, done.errors[0]?.files);
    made.clock.pass(DAY);
    await made.vault.backup({ source: folder.at('source') });
    assert.deepEqual((await made.vault.verify({ readData: true })).errors, []);
  });

  it('salvages the blobs of a pack whose end is lost', async () => {
    reset(patient);
    const { made, sound } = patient;
    const [key] = keysOf(sound, 'packs/');
    hurt(made.storage, key, sound.get(key)?.slice(0, -40));
    const done = await made.vault.repair();
    assert.deepEqual(done.remaining, []);
    assert.ok(done.healed.every(({ by }) => by === 'inside'));
  });

  it('is whole again although what was healed is sealed to another length', async () => {
    await using folder = await createTestFolder();
    await using made = await createMemoryVault();
    const text = Buffer.from('text '.repeat(2000));
    await writeTree(folder.at('source'), { note: text });
    await made.vault.backup({ source: folder.at('source') });
    const codec = createBlobCodec({ vaultId: vaultIdBytes(made.vault.id) }, systemRandom);
    const packs = createPackWriter(made.storage, codec, () => undefined);
    await packs.add({ id: codec.idOf(text), sealed: uncompressed(text) });
    await packs.flush();
    assert.deepEqual((await made.vault.verify({ readData: true })).errors, []);
    made.clock.pass(DAY);
    const { newBytes, readBytes } = await made.vault.backup({ source: folder.at('source') });
    assert.deepEqual([newBytes, readBytes], [0, 0], 'it counts as stored');
    await restoresExactly(folder, made);
  });

  it('is not touched when it is append-only', async () => {
    await using made = await createMemoryVault({ appendOnly: true });
    await assert.rejects(made.vault.repair(), { code: 'vault.append-only' });
    assert.deepEqual((await made.vault.repair({ dryRun: true })).errors, []);
  });
});

/** A chunk as another writer might store it: section 3 of the format, byte 7 is 0. */
function uncompressed(plain: Buffer): Buffer {
  const blob = Buffer.alloc(16 + plain.byteLength + 4);
  blob.write('KVLT');
  blob.set([1, 1, 0, 0], 4);
  blob.writeUInt32LE(plain.byteLength, 8);
  blob.writeUInt32LE(plain.byteLength + 4, 12);
  plain.copy(blob, 16);
  blob.writeUInt32LE(crc32(blob.subarray(0, -4)), blob.byteLength - 4);
  return blob;
}

function hurt(storage: MemoryStorage, key: string, value: Uint8Array | undefined): void {
  if (value === undefined) storage.values.delete(key);
  else storage.values.set(key, value);
}

async function cloneOf(made: MemoryVault, storage: MemoryStorage): Promise<MemoryVault> {
  return await reopenMemoryVault({ storage, clock: made.clock, passphrase });
}
