/** Passkeys: added, used, removed; and everything an answer to a challenge can be wrong in. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { MINUTE } from '#kernel/units';
import { type Authenticator, createAuthenticator, type Lies } from '#stand-ins/authenticator';
import { forEachDatabase } from '#stand-ins/databases';

import { type Answer, houseMigrations, type IdentityHouse, openHouse, refusal } from './identity/identity-house.ts';
import { machineToken, passwordOf } from './over-http/asked.ts';

const site = { origin: 'http://localhost:8888', rpId: 'localhost' };
const headers = { host: 'localhost:8888' };
const mine = '/api/v1/users/me/passkeys';
const owner = { bearer: machineToken } as const;
const password = passwordOf('mika');

function post(house: IdentityHouse, path: string, body?: object, who?: string): Promise<Answer> {
  return house.ask(path, { method: 'POST', body, session: who, headers });
}

async function register(house: IdentityHouse, key: Authenticator, who: string, lies?: Lies): Promise<Answer> {
  const options = await post(house, `${mine}/options`, { password }, who);
  assert.equal(options.status, 200, JSON.stringify(options.body));
  return post(house, mine, { name: 'phone', response: key.register(options.body, lies) }, who);
}

async function challenge(house: IdentityHouse): Promise<{ readonly challenge: string }> {
  const asked = await post(house, '/api/v1/session/passkey/options');
  assert.equal(asked.status, 200, JSON.stringify(asked.body));
  return asked.body;
}

async function logIn(house: IdentityHouse, key: Authenticator, lies?: Lies): Promise<Answer> {
  return post(house, '/api/v1/session/passkey', { response: key.logIn(await challenge(house), lies) });
}

const failed = [401, 'identity.passkey-login-failed'] as const;

forEachDatabase((databases) => {
  async function open() {
    const house = await openHouse(await databases.open(houseMigrations));
    await house.addUser('mika', 'viewer');
    return house;
  }
  async function withPasskey() {
    const house = await open();
    const key = createAuthenticator(site);
    const mika = await house.logIn('mika');
    const made = await register(house, key, mika);
    assert.equal(made.status, 201, JSON.stringify(made.body));
    return { house, key, mika, made: made.body };
  }

  describe('a passkey', () => {
    it('logs in alone, both factors at once, and makes the password ask for a second one', async () => {
      const { house, key, made } = await withPasskey();
      await using _house = house;
      assert.deepEqual([made.passkey.name, made.recoveryCodes.length], ['phone', 10]);
      const login = await logIn(house, key);
      assert.deepEqual([login.status, login.body.name, login.body.stage], [201, 'mika', 'open']);
      const { body } = await house.ask('/api/v1/users/me/sessions', { session: login.session });
      assert.equal(body.items.find((one: { current: boolean }) => one.current).openedBy, 'passkey');
      const half = await post(house, '/api/v1/session', { username: 'mika', password });
      assert.equal(half.body.stage, 'pending-second-factor');
      const code = made.recoveryCodes[0];
      assert.equal((await post(house, '/api/v1/session/second-factor', { code }, half.session)).status, 201);
    });

    it('is listed, renamed, and removed only with password and code', async () => {
      const { house, key, mika, made } = await withPasskey();
      await using _house = house;
      const path = `${mine}/${made.passkey.id}`;
      const renamed = await house.ask(path, { method: 'PATCH', body: { name: 'old phone' }, session: mika });
      assert.equal(renamed.status, 204);
      const factors = await house.ask('/api/v1/users/me/second-factor', { session: mika });
      assert.deepEqual(
        factors.body.passkeys.map((one: { name: string }) => one.name),
        ['old phone'],
      );
      const [code] = made.recoveryCodes;
      assert.equal((await post(house, `${path}/removal`, { password: 'wrong', code }, mika)).status, 403);
      assert.equal((await post(house, `${path}/removal`, { password, code: '000000' }, mika)).status, 403);
      assert.equal((await post(house, `${path}/removal`, { password, code }, mika)).status, 204);
      assert.deepEqual(refusal(await logIn(house, key)), failed);
      await house.logIn('mika');
      const actions = await house.auditActions();
      for (const action of ['passkey.add', 'passkey.rename', 'passkey.remove'])
        assert.ok(actions.includes(action), action);
    });

    it('of somebody else can be neither renamed nor removed', async () => {
      const { house, made } = await withPasskey();
      await using _house = house;
      await house.addUser('noa', 'viewer');
      const noa = await house.logIn('noa');
      const path = `${mine}/${made.passkey.id}`;
      const renamed = await house.ask(path, { method: 'PATCH', body: { name: 'x' }, session: noa });
      assert.deepEqual(refusal(renamed), [404, 'identity.passkey-not-found']);
    });

    it('fulfils what a role asks for, and goes with an administrator’s reset', async () => {
      const { house, key, mika } = await withPasskey();
      await using _house = house;
      house.secondFactorRoles = ['viewer'];
      assert.equal((await house.ask('/api/v1/users/me', { session: mika })).status, 200);
      await house.ask('/api/v1/users/mika/second-factor', { method: 'DELETE', ...owner });
      assert.deepEqual(refusal(await logIn(house, key)), failed);
    });

    it('is refused while the account is disabled or locked', async () => {
      const { house, key } = await withPasskey();
      await using _house = house;
      await house.ask('/api/v1/users/mika/active', { method: 'PUT', ...owner, body: { active: false } });
      assert.deepEqual(refusal(await logIn(house, key)), failed);
      await house.ask('/api/v1/users/mika/active', { method: 'PUT', ...owner, body: { active: true } });
      assert.equal((await logIn(house, key)).status, 201);
      for (let wrong = 0; wrong < 5; wrong += 1) {
        await post(house, '/api/v1/session', { username: 'mika', password: 'wrong' });
      }
      assert.deepEqual(refusal(await logIn(house, key)), failed);
    });

    it('counts when it is wrong as a wrong password does: five lock the account for both', async () => {
      const { house, key } = await withPasskey();
      await using _house = house;
      const lie = { challenge: Buffer.from('made up').toString('base64url') };
      for (let wrong = 0; wrong < 5; wrong += 1) assert.deepEqual(refusal(await logIn(house, key, lie)), failed);
      assert.deepEqual(refusal(await logIn(house, key)), failed, 'the right one neither');
      const right = { username: 'mika', password: passwordOf('mika') };
      assert.equal((await post(house, '/api/v1/session', right)).status, 401);
      assert.ok((await house.auditActions()).includes('account.lock'));
      await house.ask('/api/v1/users/mika/unlock', { method: 'POST', ...owner });
      assert.equal((await logIn(house, key)).status, 201);
    });
  });

  describe('an answer that is not in order', () => {
    it('logs nobody in: another site, no verification, a counter that goes back, somebody else’s challenge', async () => {
      const { house, key } = await withPasskey();
      await using _house = house;
      assert.equal((await logIn(house, key, { counter: 7 })).status, 201);
      const lies: readonly Lies[] = [
        { origin: 'https://kura.example.org' },
        { origin: 'http://localhost:9999' },
        { rpId: 'example.org' },
        { verified: false, counter: 8 },
        { counter: 7 },
        { counter: 3 },
        { challenge: Buffer.from('made up').toString('base64url') },
      ];
      for (const lie of lies) {
        await house.ask('/api/v1/users/mika/unlock', { method: 'POST', ...owner });
        assert.deepEqual(refusal(await logIn(house, key, lie)), failed, JSON.stringify(lie));
      }
      await house.ask('/api/v1/users/mika/unlock', { method: 'POST', ...owner });
      assert.equal((await logIn(house, key, { counter: 9 })).status, 201);
    });

    it('works once, and not after five minutes', async () => {
      const { house, key } = await withPasskey();
      await using _house = house;
      const options = await challenge(house);
      const response = key.logIn(options);
      assert.equal((await post(house, '/api/v1/session/passkey', { response })).status, 201);
      assert.deepEqual(refusal(await post(house, '/api/v1/session/passkey', { response })), failed);
      const again = key.logIn(options, { counter: 50 });
      assert.deepEqual(refusal(await post(house, '/api/v1/session/passkey', { response: again })), failed);
      const late = await challenge(house);
      house.now += 5 * MINUTE;
      const response5 = key.logIn(late, { counter: 60 });
      assert.deepEqual(refusal(await post(house, '/api/v1/session/passkey', { response: response5 })), failed);
    });

    it('of another key does not pass for this one', async () => {
      const { house, key } = await withPasskey();
      await using _house = house;
      const forged = { ...createAuthenticator(site).logIn(await challenge(house)), id: key.id, rawId: key.id };
      assert.deepEqual(refusal(await post(house, '/api/v1/session/passkey', { response: forged })), failed);
    });

    it('adds nothing', async () => {
      await using house = await open();
      const mika = await house.logIn('mika');
      await house.addUser('noa', 'viewer');
      const noa = await house.logIn('noa');
      for (const lie of [{ origin: 'https://kura.example.org' }, { rpId: 'example.org' }, { verified: false }]) {
        const refused = await register(house, createAuthenticator(site), mika, lie);
        assert.deepEqual(refusal(refused), [422, 'identity.passkey-refused'], JSON.stringify(lie));
      }
      const { body } = await post(house, `${mine}/options`, { password }, mika);
      const response = createAuthenticator(site).register(body);
      const stolen = await post(house, mine, { name: 'x', response }, noa);
      assert.deepEqual(refusal(stolen), [422, 'identity.passkey-refused'], 'asked of somebody else');
      assert.equal((await post(house, mine, { name: 'x', response }, mika)).status, 201);
      assert.deepEqual(refusal(await post(house, mine, { name: 'x', response }, mika)), [
        422,
        'identity.passkey-refused',
      ]);
    });

    it('is told to name the server where it is reached by a bare address', async () => {
      await using house = await open();
      const asked = await house.ask('/api/v1/session/passkey/options', {
        method: 'POST',
        headers: { host: '192.0.2.1' },
      });
      assert.deepEqual(refusal(asked), [409, 'identity.passkeys-off']);
    });
  });
});
