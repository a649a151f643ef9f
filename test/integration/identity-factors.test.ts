/** The second factor: set up, asked for, lost; and what whoever knows the password tries. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { Secret, TOTP } from 'otpauth';

import { MINUTE, SECOND } from '#kernel/units';
import { permissions } from '#platform/contract';
import { forEachDatabase } from '#stand-ins/databases';

import {
  type Answer,
  houseMigrations,
  type IdentityHouse,
  openHouse,
  probePath,
  refusal,
} from './identity/identity-house.ts';
import { machineToken, passwordOf } from './over-http/asked.ts';

const session = '/api/v1/session';
const secondFactor = '/api/v1/session/second-factor';
const mine = '/api/v1/users/me/second-factor';
const owner = { bearer: machineToken } as const;
const password = passwordOf('mika');

/** What the app on the phone shows now. */
function codeOf(secret: string, house: IdentityHouse): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: house.now });
}

function post(house: IdentityHouse, path: string, body: object, who: string | undefined): Promise<Answer> {
  return house.ask(path, { method: 'POST', body, session: who });
}

interface Enrolled {
  readonly secret: string;
  readonly recoveryCodes: readonly string[];
  readonly session: string;
}

async function enrol(house: IdentityHouse, who?: string): Promise<Enrolled> {
  const own = who ?? (await house.logIn('mika'));
  const begun = await post(house, `${mine}/totp`, { password }, own);
  assert.equal(begun.status, 201, JSON.stringify(begun.body));
  const { secret } = begun.body;
  const done = await post(house, `${mine}/totp/confirmation`, { code: codeOf(secret, house) }, own);
  assert.equal(done.status, 200, JSON.stringify(done.body));
  house.now += 30 * SECOND;
  return { secret, recoveryCodes: done.body.recoveryCodes, session: own };
}

/** The secret of a session that awaits the second factor. */
async function halfLogin(house: IdentityHouse): Promise<string> {
  const login = await post(house, session, { username: 'mika', password }, undefined);
  assert.equal(login.body.stage, 'pending-second-factor', JSON.stringify(login.body));
  return login.session ?? assert.fail('no cookie');
}

forEachDatabase((databases) => {
  async function open(role = 'viewer') {
    const house = await openHouse(await databases.open(houseMigrations));
    await house.addUser('mika', role);
    return house;
  }

  describe('an authenticator app', () => {
    it('is asked for after the password, once a code has confirmed it', async () => {
      await using house = await open();
      const mika = await house.logIn('mika');
      const { body: begun } = await post(house, `${mine}/totp`, { password }, mika);
      await house.logIn('mika'); // nothing is asked for yet
      const wrong = await post(house, `${mine}/totp/confirmation`, { code: '000000' }, mika);
      assert.deepEqual(refusal(wrong), [422, 'identity.code-wrong']);
      const code = codeOf(begun.secret, house);
      assert.equal((await post(house, `${mine}/totp/confirmation`, { code }, mika)).status, 200);

      const half = await halfLogin(house);
      assert.equal((await house.ask('/api/v1/users/me', { session: half })).status, 401);
      const replayed = await post(house, secondFactor, { code }, half);
      assert.deepEqual(refusal(replayed), [401, 'identity.second-factor-wrong'], 'the code that confirmed is spent');
      house.now += 30 * SECOND;
      const done = await post(house, secondFactor, { code: ` ${codeOf(begun.secret, house)} ` }, half);
      assert.deepEqual([done.status, done.body.name, done.body.stage], [201, 'mika', 'open']);
      const { body } = await house.ask('/api/v1/users/me/sessions', { session: done.session });
      assert.equal(body.items.find((one: { current: boolean }) => one.current).openedBy, 'password+totp');
      assert.notEqual(done.session, half, 'a new session takes the place of the half one');
      assert.equal((await house.ask('/api/v1/users/me', { session: half })).status, 401);
      assert.equal(begun.uri.includes(begun.secret), true);
    });

    it('accepts each code once, and of two at the same moment one', async () => {
      await using house = await open();
      const { secret } = await enrol(house);
      const [one, other] = [await halfLogin(house), await halfLogin(house)];
      const code = codeOf(secret, house);
      const answers = await Promise.all([one, other].map((half) => post(house, secondFactor, { code }, half)));
      assert.deepEqual(
        answers.map(({ status }) => status).toSorted((a, b) => a - b),
        [201, 401],
      );
    });

    it('keeps its secret out of the database and the log', async () => {
      await using house = await open();
      const { secret, recoveryCodes } = await enrol(house);
      const stored = await house.everythingStored();
      for (const one of [secret, ...recoveryCodes, ...recoveryCodes.map((code) => code.replaceAll('-', ''))]) {
        assert.ok(!stored.includes(one));
      }
    });

    it('is not replaced while there is one, and taken off only with password and code', async () => {
      await using house = await open();
      const { secret, session: mika } = await enrol(house);
      const again = await post(house, `${mine}/totp`, { password }, mika);
      assert.deepEqual(refusal(again), [409, 'identity.totp-there']);
      const code = codeOf(secret, house);
      for (const body of [{ code }, { password: 'wrong', code }, { password, code: '000000' }]) {
        const answer = await post(house, `${mine}/totp/removal`, body, mika);
        assert.deepEqual(refusal(answer), [403, 'identity.proof-wrong'], JSON.stringify(body));
      }
      assert.equal((await house.ask(mine, { session: mika })).body.totpSince === null, false);
      assert.equal((await post(house, `${mine}/totp/removal`, { password, code }, mika)).status, 204);
      assert.deepEqual((await house.ask(mine, { session: mika })).body, {
        totpSince: null,
        passkeys: [],
        recoveryCodesLeft: 0,
        required: false,
        needsPassword: true,
      });
      await house.logIn('mika');
      assert.ok((await house.auditActions()).includes('second-factor.disable'));
    });

    it('needs the password to be set up', async () => {
      await using house = await open();
      const mika = await house.logIn('mika');
      for (const body of [{}, { password: 'wrong' }]) {
        assert.deepEqual(refusal(await post(house, `${mine}/totp`, body, mika)), [403, 'identity.proof-wrong']);
      }
    });
  });

  describe('recovery codes', () => {
    it('log in once each, and new ones end the old', async () => {
      await using house = await open();
      const { secret, recoveryCodes, session: mika } = await enrol(house);
      const [first = '', second = ''] = recoveryCodes;
      const half = await halfLogin(house);
      assert.equal((await post(house, secondFactor, { code: first.toLowerCase() }, half)).status, 201);
      const spent = await post(house, secondFactor, { code: first }, await halfLogin(house));
      assert.deepEqual(refusal(spent), [401, 'identity.second-factor-wrong']);
      assert.equal((await house.ask(mine, { session: mika })).body.recoveryCodesLeft, 9);
      assert.ok((await house.auditActions()).includes('second-factor.use-recovery-code'));

      const proof = { password, code: codeOf(secret, house) };
      const renewed = await post(house, `${mine}/recovery-codes`, proof, mika);
      assert.equal(renewed.body.recoveryCodes.length, 10);
      assert.equal((await post(house, secondFactor, { code: second }, await halfLogin(house))).status, 401);
      const [fresh] = renewed.body.recoveryCodes;
      assert.equal((await post(house, secondFactor, { code: fresh }, await halfLogin(house))).status, 201);
    });

    it('of one account open no other', async () => {
      await using house = await open();
      const { recoveryCodes } = await enrol(house);
      await house.addUser('noa', 'viewer');
      const noa = await house.logIn('noa');
      const begun = await post(house, `${mine}/totp`, { password: passwordOf('noa') }, noa);
      await post(house, `${mine}/totp/confirmation`, { code: codeOf(begun.body.secret, house) }, noa);
      const login = await post(house, session, { username: 'noa', password: passwordOf('noa') }, undefined);
      assert.equal((await post(house, secondFactor, { code: recoveryCodes[0] }, login.session)).status, 401);
    });
  });

  describe('guessing the second factor', () => {
    it('locks the account as wrong passwords do, for both steps', async () => {
      await using house = await open();
      const { secret } = await enrol(house);
      const half = await halfLogin(house);
      for (let wrong = 0; wrong < 5; wrong += 1) {
        assert.equal((await post(house, secondFactor, { code: '000000' }, half)).status, 401);
      }
      const right = await post(house, secondFactor, { code: codeOf(secret, house) }, half);
      assert.deepEqual(refusal(right), [401, 'identity.second-factor-wrong'], 'locked: the right code is refused, too');
      const login = await post(house, session, { username: 'mika', password }, undefined);
      assert.deepEqual(refusal(login), [401, 'identity.login-failed']);
      house.now += 16 * MINUTE;
      const later = await halfLogin(house);
      assert.equal((await post(house, secondFactor, { code: codeOf(secret, house) }, later)).status, 201);
    });

    it('gets nowhere without half a login', async () => {
      await using house = await open();
      const { secret, session: mika } = await enrol(house);
      for (const who of [undefined, 'made-up', mika]) {
        const answer = await post(house, secondFactor, { code: codeOf(secret, house) }, who);
        assert.deepEqual(refusal(answer), [401, 'identity.session-over']);
      }
    });

    it('is over when the account was disabled between the steps', async () => {
      await using house = await open();
      const { secret } = await enrol(house);
      const half = await halfLogin(house);
      await house.ask('/api/v1/users/mika/active', { method: 'PUT', ...owner, body: { active: false } });
      const answer = await post(house, secondFactor, { code: codeOf(secret, house) }, half);
      assert.deepEqual(refusal(answer), [401, 'identity.session-over']);
    });
  });

  describe('a role that needs a second factor', () => {
    it('lets people without one do nothing but set it up, from the next request on', async () => {
      await using house = await open('admin');
      const mika = await house.logIn('mika');
      const made = await post(house, '/api/v1/users/me/keys', { name: 'ci', scopes: ['read'] }, mika);
      house.secondFactorRoles = ['admin'];
      for (const permission of permissions) {
        const expected = permission === 'account:factors' ? 200 : 403;
        assert.equal((await house.ask(probePath(permission), { session: mika })).status, expected, permission);
      }
      const key = { bearer: made.body.secret };
      assert.equal((await house.ask(probePath('models:read'), key)).status, 403, 'nor do their keys');
      assert.equal((await house.ask('/api/v1/users/me', { session: mika })).status, 403);
      const { body } = await house.ask(mine, { session: mika });
      assert.deepEqual([body.totpSince, body.required], [null, true]);
      const fresh = await house.logIn('mika');
      assert.deepEqual((await house.ask(session, { session: fresh })).body.caller.permissions, ['account:factors']);

      await enrol(house, fresh);
      assert.equal((await house.ask(probePath('users:manage'), { session: fresh })).status, 200);
      assert.equal((await house.ask(probePath('models:read'), key)).status, 200);
    });

    it('leaves other roles and the owner of the machine alone', async () => {
      await using house = await open();
      house.secondFactorRoles = ['admin'];
      assert.equal((await house.ask(probePath('models:read'), { session: await house.logIn('mika') })).status, 200);
      assert.equal((await house.ask(probePath('users:manage'), owner)).status, 200);
    });
  });

  describe('an administrator', () => {
    it('takes a lost factor off, which ends the sessions and is written down; not their own', async () => {
      await using house = await open();
      const { session: mika } = await enrol(house);
      await house.addUser('root', 'admin');
      const root = await house.logIn('root');
      const reset = { method: 'DELETE', session: root } as const;
      assert.deepEqual(refusal(await house.ask('/api/v1/users/me/second-factor', reset)), [
        409,
        'identity.own-account',
      ]);
      assert.equal((await house.ask('/api/v1/users/mika/second-factor', { session: root })).status, 200);
      assert.equal((await house.ask('/api/v1/users/mika/second-factor', reset)).status, 204);
      assert.equal((await house.ask('/api/v1/users/me', { session: mika })).status, 401);
      await house.logIn('mika');
      assert.ok((await house.auditActions()).includes('second-factor.reset'));
    });

    it('gives a link for a new password that does not lead around the second factor', async () => {
      await using house = await open();
      const { secret } = await enrol(house);
      const { body } = await house.ask('/api/v1/users/mika/password-reset', { method: 'POST', ...owner });
      const code = String(body.path).split('=')[1];
      const renewed = 'nine calm herons wait';
      assert.equal(
        (await post(house, '/api/v1/session/password-reset', { code, password: renewed }, undefined)).status,
        204,
      );
      const login = await post(house, session, { username: 'mika', password: renewed }, undefined);
      assert.equal(login.body.stage, 'pending-second-factor', JSON.stringify(login.body));
      assert.equal((await house.ask('/api/v1/users/me', { session: login.session })).status, 401);
      const done = await post(house, secondFactor, { code: codeOf(secret, house) }, login.session);
      assert.equal(done.body.stage, 'open', JSON.stringify(done.body));
    });

    it('is the only one to see or reset factors of others', async () => {
      await using house = await open();
      await enrol(house);
      await house.addUser('noa', 'operator');
      const noa = { session: await house.logIn('noa') };
      assert.equal((await house.ask('/api/v1/users/mika/second-factor', noa)).status, 403);
      assert.equal((await house.ask('/api/v1/users/mika/second-factor', { ...noa, method: 'DELETE' })).status, 403);
    });
  });
});
