import assert from 'node:assert/strict';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { systemRandom } from '#kernel/clock';
import type { Database } from '#platform/db';
import type { Actor } from '#platform/unit-of-work';
import { createTestPlatform, writeMigrations } from '#platform/unit-of-work/testing';
import { forEachDatabase } from '#stand-ins/databases';

import { aeadSeal } from './aead.ts';
import {
  type AeadKey,
  masterKeyOf,
  newMasterKey,
  openFromFile,
  openSecrets,
  parseMasterKey,
  readOrMakeMasterKey,
  rewrapForFile,
  sealForFile,
  secretsMigrations,
} from './index.ts';

const admin: Actor = { kind: 'user', id: 'admin', name: 'admin' };

function master(): AeadKey {
  return masterKeyOf(newMasterKey(systemRandom));
}

forEachDatabase((databases) => {
  describe('sealed secrets', () => {
    let database: Database;
    before(async () => {
      database = await databases.open([...writeMigrations, ...secretsMigrations]);
    });
    after(() => database[Symbol.asyncDispose]());

    function open(key: AeadKey) {
      return openSecrets({ ...createTestPlatform(database, {}), random: systemRandom, master: () => key });
    }

    it('open where they belong, in every process, and nowhere else', async () => {
      const key = master();
      const secrets = await open(key);
      const sealed = secrets.seal('totp/a', '秘密');
      assert.doesNotMatch(sealed, /秘密/);
      assert.equal(await (await open(key)).open('totp/a', sealed), '秘密');
      await assert.rejects(secrets.open('totp/b', sealed), { code: 'secrets.cannot-open' });
      await assert.rejects(secrets.open('totp/a', '秘密'), { code: 'secrets.cannot-open' });
      await assert.rejects((await open(master())).open('totp/a', sealed), { code: 'secrets.key-missing' });
    });

    it('are sealed with a new key before the year of the old one is over, and never with one that is older', async () => {
      const key = master();
      const clock = { now: () => Date.UTC(2026, 0, 1), monotonic: () => 0 };
      const deps = { ...createTestPlatform(database, {}), clock, random: systemRandom, master: () => key };
      const [secrets, other] = [await openSecrets(deps), await openSecrets(deps)];
      const sealed = secrets.seal('totp/a', 'kept');
      assert.equal(await secrets.renewDue(admin), undefined, 'it is new');
      clock.now = () => Date.UTC(2027, 0, 1);
      assert.throws(() => secrets.seal('totp/a', 'too late'), { code: 'secrets.key-expired' });
      clock.now = () => Date.UTC(2026, 11, 15);
      const renewed = await secrets.renewDue(admin);
      assert.notEqual(renewed, undefined);
      assert.equal(await other.renewDue(admin), undefined, 'one process is enough');
      clock.now = () => Date.UTC(2027, 0, 2);
      assert.equal(await other.open('totp/a', other.seal('totp/a', 'new')), 'new');
      assert.equal(await other.open('totp/a', sealed), 'kept', 'what is old still opens');
    });

    it('do not open with any bit changed', async () => {
      const secrets = await open(master());
      const sealed = secrets.sealBytes('t/1', Buffer.from('x'));
      for (let bit = 0; bit < sealed.byteLength * 8; bit += 1) {
        const changed = Uint8Array.from(sealed);
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        await assert.rejects(secrets.openBytes('t/1', changed), /secrets\.(?:cannot-open|key-missing)/);
      }
    });

    it('outlive a change of the data key and of the master key, without being sealed again', async () => {
      const [old, next] = [master(), master()];
      const secrets = await open(old);
      const elsewhere = await open(old);
      const first = secrets.seal('t/1', 'one');
      const made = await secrets.renewDataKey(admin);
      const second = secrets.seal('t/2', 'two');
      assert.equal((await secrets.state()).keys.find((one) => one.active)?.id, made);
      assert.equal(await elsewhere.open('t/2', second), 'two');
      assert.ok((await secrets.rewrap(admin, { from: [], to: next })) >= 2);
      assert.equal(await secrets.open('t/1', first), 'one');
      const later = await open(next);
      assert.deepEqual([await later.open('t/1', first), await later.open('t/2', second)], ['one', 'two']);
      await assert.rejects((await open(old)).open('t/1', first), { code: 'secrets.key-missing' });
    });
  });
});

describe('a secret in a file', () => {
  it('opens for its own name only, also after the master key changed', () => {
    const [old, next] = [master(), master()];
    const text = sealForFile(old, 'civitai.token', 'abc', systemRandom);
    assert.equal(openFromFile([old], 'civitai.token', text), 'abc');
    assert.equal(openFromFile([old], 'admin.token', text), undefined);
    assert.equal(openFromFile([next], 'civitai.token', text), undefined);
    assert.equal(openFromFile([old], 'civitai.token', 'kura-sealed:x'), undefined);
    const again = rewrapForFile({ from: [old], to: next }, 'civitai.token', text, systemRandom) ?? '';
    assert.equal(again.split('.')[1], text.split('.')[1], 'the secret itself is not encrypted again');
    assert.equal(openFromFile([next], 'civitai.token', again), 'abc');
  });
});

describe('the master key', () => {
  it('is made once, for its owner only', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kura-master-'));
    try {
      const path = join(folder, 'secrets', 'master.key');
      const made = await Promise.all([
        readOrMakeMasterKey(path, systemRandom),
        readOrMakeMasterKey(path, systemRandom),
      ]);
      assert.equal(made[0]?.id, made[1]?.id);
      assert.equal((await stat(path)).mode & 0o777, 0o600);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('is refused when it is short, or not random', () => {
    assert.equal(parseMasterKey('changeme'), undefined);
    assert.equal(parseMasterKey('A'.repeat(43)), undefined);
    assert.notEqual(parseMasterKey(Buffer.from(systemRandom.bytes(32)).toString('base64')), undefined);
  });
});

describe('the wire format', () => {
  it('is that of Tink: version, key id, nonce, AES-256-GCM', () => {
    // AES-256-GCM test case 14 of McGrew and Viega, "The Galois/Counter Mode of Operation": zero key, nonce and block.
    const zeros = { bytes: (count: number) => new Uint8Array(count), fraction: () => 0 };
    const sealed = aeadSeal({ id: 'deadbeef', value: new Uint8Array(32) }, new Uint8Array(16), '', zeros);
    const expected =
      '01deadbeef000000000000000000000000cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919';
    assert.equal(Buffer.from(sealed).toString('hex'), expected);
  });
});
