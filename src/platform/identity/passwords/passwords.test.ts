import assert from 'node:assert/strict';
import { argon2Sync } from 'node:crypto';
import { describe, it } from 'node:test';

import { systemRandom } from '#kernel/clock';
import { isKuraError } from '#kernel/errors';

import { hashPassword, isOutdated, verifyPassword } from './password-hash.ts';
import { requireGoodPassword } from './password-policy.ts';

const good = 'purple otters juggle 9 lamps';

describe('password hashes', () => {
  it('accept the password they were made of, typed in any form, and no other', async () => {
    const hash = await hashPassword('Ｃafé 蔵 battery staple', systemRandom);
    assert.match(hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    assert.equal(await verifyPassword('Cafe\u0301 蔵 battery staple', hash), true);
    assert.equal(await verifyPassword('Cafe 蔵 battery staple', hash), false);
    assert.notEqual(hash, await hashPassword('Ｃafé 蔵 battery staple', systemRandom));
  });

  it('verify what was made at another cost, and say that it is outdated', async () => {
    const nonce = Buffer.alloc(16, 7);
    const cost = { memory: 8192, passes: 1, parallelism: 2 };
    const tag = argon2Sync('argon2id', { message: good, nonce, tagLength: 32, ...cost });
    const old = `$argon2id$v=19$m=8192,t=1,p=2$${unpadded(nonce)}$${unpadded(tag)}`;
    assert.equal(await verifyPassword(good, old), true);
    assert.equal(isOutdated(old), true);
    assert.equal(isOutdated(await hashPassword(good, systemRandom)), false);
  });

  it('are right for nobody when there is none, or it is damaged', async () => {
    for (const stored of [undefined, null, '', 'plain', '$argon2id$v=19$m=8192,t=1,p=2$AAAA$AAAA']) {
      assert.equal(await verifyPassword('', stored), false);
      assert.equal(await verifyPassword(good, stored), false);
    }
  });
});

describe('requireGoodPassword', () => {
  const mika = { username: 'mika.tanaka', email: 'otterfriend77@example.org', fullName: 'Mika Tanaka' };

  it('accepts what is long and nobody else’s', async () => {
    for (const password of [good, '青い傘と三匹の猫が笑う夜', 'xkqjzvbnwplm7Q'])
      await requireGoodPassword(password, mika);
  });

  it('refuses what leaked, is close to it, follows a pattern, or is the person’s own name', async () => {
    const weak = ['password1234', 'P@ssw0rd1234', 'qwertyuiop12', 'aaaaaaaaaaaa', 'abcdefghijkl', 'iloveyou12345'];
    const own = ['mika.tanaka12', 'otterfriend77', 'MikaTanaka2026'];
    for (const password of [...weak, ...own]) {
      await assert.rejects(requireGoodPassword(password, mika), isWeak('identity.password-guessable'), password);
    }
  });

  it('refuses what is short, counted in characters people see as one', async () => {
    await assert.rejects(requireGoodPassword('k7#Vq!z2Lp0', mika), isWeak('identity.password-short'));
    await assert.rejects(requireGoodPassword('蔵'.repeat(3), mika), isWeak('identity.password-short'));
  });
});

function isWeak(reason: string) {
  return (error: unknown) =>
    isKuraError(error) && error.code === 'identity.password-weak' && error.fields[0]?.code === reason;
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
