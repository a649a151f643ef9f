/** Command lines that log in by a code somebody approves in a browser (RFC 8628), and the sessions of who has the machine. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { MINUTE, SECOND } from '#kernel/units';
import { keyScopes } from '#platform/contract';
import { forEachDatabase } from '#stand-ins/databases';

import {
  type Answer,
  houseMigrations,
  type IdentityHouse,
  openHouse,
  probePath,
  refusal,
} from './identity/identity-house.ts';
import { machineToken } from './over-http/asked.ts';

const base = '/api/v1/device-logins';
const owner = { bearer: machineToken } as const;

forEachDatabase((databases) => {
  async function open(): Promise<IdentityHouse> {
    const house = await openHouse(await databases.open(houseMigrations));
    await house.addUser('mika', 'editor');
    return house;
  }

  function begin(house: IdentityHouse, scopes: readonly string[] = keyScopes): Promise<Answer> {
    const body = { name: 'kura (studio-pc)', scopes };
    return house.ask(base, { method: 'POST', body, from: '203.0.113.5' });
  }

  function poll(house: IdentityHouse, deviceCode: string): Promise<Answer> {
    return house.ask(`${base}/answer`, { method: 'POST', body: { deviceCode }, from: '203.0.113.5' });
  }

  function decide(house: IdentityHouse, session: string, userCode: string, decision = 'approved'): Promise<Answer> {
    return house.ask(`${base}/decision`, { method: 'POST', session, body: { userCode, decision } });
  }

  describe('a command line', () => {
    it('is given a key of whoever approved its code, once, and no wider than they are', async () => {
      await using house = await open();
      const { body: begun } = await begin(house);
      assert.match(begun.userCode, /^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/);
      assert.deepEqual((await poll(house, begun.deviceCode)).body, { state: 'pending', intervalSeconds: 5 });
      const session = await house.logIn('mika');
      const typed = begun.userCode.toLowerCase().replace('-', ' ');
      const { body: seen } = await house.ask(`${base}/look-up`, { method: 'POST', session, body: { userCode: typed } });
      assert.deepEqual([seen.name, seen.address], ['kura (studio-pc)', '203.0.113.5']);
      assert.equal((await decide(house, session, typed)).status, 204);
      house.now += 6 * SECOND;
      const { body: answer } = await poll(house, begun.deviceCode);
      assert.deepEqual([answer.state, answer.user], ['approved', 'mika']);
      assert.deepEqual(refusal(await poll(house, begun.deviceCode)), [401, 'identity.device-unknown'], 'given once');
      const key = { bearer: answer.secret };
      assert.equal((await house.ask(probePath('models:write'), key)).status, 200);
      for (const permission of ['account:self', 'users:manage', 'system:configure', 'audit:read'] as const) {
        assert.equal((await house.ask(probePath(permission), key)).status, 403, permission);
      }
      assert.ok(!(await house.everythingStored()).includes(begun.deviceCode));
      assert.equal((await house.ask('/api/v1/keys/own', { method: 'DELETE', ...key })).status, 204);
      assert.deepEqual(refusal(await house.ask(probePath('models:read'), key)), [401, 'identity.key-over']);
      const actions = await house.auditActions();
      for (const action of ['device.approve', 'key.create', 'key.revoke']) assert.ok(actions.includes(action), action);
    });

    it('gets nothing that was refused, came too late, or whose account was disabled meanwhile', async () => {
      await using house = await open();
      const session = await house.logIn('mika');
      const denied = (await begin(house)).body;
      await decide(house, session, denied.userCode, 'denied');
      assert.deepEqual((await poll(house, denied.deviceCode)).body, { state: 'denied' });
      const late = (await begin(house)).body;
      house.now += 10 * MINUTE;
      assert.deepEqual((await poll(house, late.deviceCode)).body, { state: 'expired' });
      const again = await house.logIn('mika');
      assert.deepEqual(refusal(await decide(house, again, late.userCode)), [404, 'identity.device-not-found']);
      const disabled = (await begin(house)).body;
      await decide(house, again, disabled.userCode);
      await house.ask('/api/v1/users/mika/active', { method: 'PUT', ...owner, body: { active: false } });
      assert.deepEqual((await poll(house, disabled.deviceCode)).body, { state: 'denied' });
    });

    it('that asks too often is told to ask more slowly', async () => {
      await using house = await open();
      const { deviceCode } = (await begin(house)).body;
      await poll(house, deviceCode);
      assert.deepEqual((await poll(house, deviceCode)).body, { state: 'slow-down', intervalSeconds: 10 });
      house.now += 9 * SECOND;
      assert.deepEqual((await poll(house, deviceCode)).body, { state: 'slow-down', intervalSeconds: 15 });
      house.now += 15 * SECOND;
      assert.equal((await poll(house, deviceCode)).body.state, 'pending');
    });

    it('asks only for what keys may do', async () => {
      await using house = await open();
      for (const scope of ['account:self', 'users:manage', 'everything']) {
        assert.equal((await begin(house, [scope])).status, 422, scope);
      }
      const { userCode, deviceCode } = (await begin(house, ['read'])).body;
      await decide(house, await house.logIn('mika'), userCode);
      const { secret } = (await poll(house, deviceCode)).body;
      assert.equal((await house.ask(probePath('models:read'), { bearer: secret })).status, 200);
      assert.equal((await house.ask(probePath('models:write'), { bearer: secret })).status, 403);
    });
  });

  // Who may type a code is no matter of the database.
  if (databases.dialect === 'sqlite') aboutCodes();

  function aboutCodes(): void {
    describe('codes', () => {
      it('are approved by people with an account only, never by a key, from elsewhere, or without the token', async () => {
        await using house = await open();
        const { userCode } = (await begin(house)).body;
        const body = { userCode, decision: 'approved' };
        const keys = { method: 'POST', ...owner, body: { name: 'all', scopes: keyScopes } } as const;
        const { secret } = (await house.ask('/api/v1/users/mika/keys', keys)).body;
        assert.equal((await house.ask(`${base}/decision`, { method: 'POST', bearer: secret, body })).status, 403);
        assert.equal((await house.ask(`${base}/decision`, { method: 'POST', body })).status, 401);
        const machine = await house.ask(`${base}/decision`, { method: 'POST', ...owner, body });
        assert.deepEqual(refusal(machine), [409, 'identity.no-account']);
        const session = await house.logIn('mika');
        const foreign = { method: 'POST', session, body, headers: { origin: 'https://evil.example' } } as const;
        assert.deepEqual(refusal(await house.ask(`${base}/decision`, foreign)), [403, 'access.foreign-origin']);
        const forged = { method: 'POST', session, body, headers: { 'x-kura-csrf': 'x' } } as const;
        assert.deepEqual(refusal(await house.ask(`${base}/decision`, forged)), [403, 'access.csrf-token']);
        assert.equal((await decide(house, session, userCode)).status, 204);
        assert.equal((await decide(house, session, userCode)).status, 404, 'decided once');
      });

      it('cannot be tried out: of either kind, wrong ones block their address', async () => {
        await using house = await open();
        const session = await house.logIn('mika');
        const seen: number[] = [];
        for (let guess = 0; guess < 31; guess += 1) {
          const userCode = `BCDF-${String.fromCharCode(66 + guess)}GHJ`;
          seen.push((await decide(house, session, userCode)).status);
        }
        assert.equal(seen.at(-1), 429, seen.join(' '));
        const polls: number[] = [];
        for (let guess = 0; guess < 31; guess += 1)
          polls.push((await poll(house, `${guess}`.padStart(43, 'x'))).status);
        assert.equal(polls.at(-1), 429, polls.join(' '));
      });
    });
  }

  describe('the sessions of who has the machine', () => {
    it('are listed and ended by them, and by who may everything; by nobody else', async () => {
      await using house = await open();
      await house.addUser('ada', 'admin');
      await house.addUser('rin', 'auditor');
      async function enter(): Promise<string> {
        const code = await house.identity.createLink();
        const { session } = await house.ask('/api/v1/session', { method: 'POST', body: { code } });
        return session ?? assert.fail('no session');
      }
      const first = await enter();
      const second = await enter();
      const mine = (await house.ask('/api/v1/users/me/sessions', { session: second })).body.items;
      assert.deepEqual(mine.map(({ current }: { readonly current: boolean }) => current).toSorted(), [false, true]);
      const other = mine.find(({ current }: { readonly current: boolean }) => !current).id;
      assert.equal(
        (await house.ask(`/api/v1/users/me/sessions/${other}`, { method: 'DELETE', session: second })).status,
        204,
      );
      assert.equal((await house.ask('/api/v1/users', { session: first })).status, 401);
      const [rin, ada, mika] = [await house.logIn('rin'), await house.logIn('ada'), await house.logIn('mika')];
      const theirs = '/api/v1/users/~owner/sessions';
      assert.equal((await house.ask(theirs, { session: mika })).status, 403);
      assert.equal((await house.ask(theirs, { session: rin })).body.items.length, 1);
      assert.equal((await house.ask(theirs, { method: 'DELETE', session: rin })).status, 403);
      const curator = { permissions: ['account:self', 'users:read', 'users:manage'] };
      await house.ask('/api/v1/roles/curator', { method: 'PUT', ...owner, body: curator });
      await house.addUser('kei', 'curator');
      const kei = await house.logIn('kei');
      assert.deepEqual(refusal(await house.ask(theirs, { method: 'DELETE', session: kei })), [
        403,
        'identity.outranked',
      ]);
      assert.deepEqual((await house.ask(theirs, { method: 'DELETE', session: ada })).body, { ended: 1 });
      assert.equal((await house.ask('/api/v1/users', { session: second })).status, 401);
    });
  });
});
