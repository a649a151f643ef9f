/** Attacks on the ways in: guessing, racing, planting, forging. */
import assert from 'node:assert/strict';
import { createHook } from 'node:async_hooks';
import { describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';

import { DAY, HOUR, MINUTE } from '#kernel/units';
import { permissions } from '#platform/contract';
import { csrfTokenOf } from '#platform/http';
import { keysProbe } from '#platform/identity';
import type { AuditTables } from '#platform/unit-of-work';
import { forEachDatabase } from '#stand-ins/databases';

import {
  type Answer,
  type HouseOptions,
  houseMigrations,
  type IdentityHouse,
  openHouse,
  probePath,
  refusal,
} from './identity/identity-house.ts';
import { machineToken, passwordOf } from './over-http/asked.ts';

const session = '/api/v1/session';
const owner = { bearer: machineToken } as const;

async function rightFactor() {
  return 'totp' as const;
}

forEachDatabase((databases) => {
  async function open(options: HouseOptions = {}) {
    return openHouse(await databases.open(houseMigrations), options);
  }

  function tryLogin(house: IdentityHouse, username: string, password: string, from?: string): Promise<Answer> {
    const body = { username, password };
    return house.ask(session, { method: 'POST', body, ...(from === undefined ? {} : { from }) });
  }

  describe('guessing passwords', () => {
    it('gets one answer, whatever was wrong', async () => {
      await using house = await open();
      for (const name of ['mika', 'gone', 'locked', 'waiting']) await house.addUser(name, 'viewer');
      await house.ask('/api/v1/users/gone/active', { method: 'PUT', ...owner, body: { active: false } });
      for (let wrong = 0; wrong < 5; wrong += 1) await tryLogin(house, 'locked', 'wrong', '198.51.100.1');
      const answers = [
        await tryLogin(house, 'mika', 'wrong'),
        await tryLogin(house, 'nobody', 'wrong'),
        await tryLogin(house, 'gone', passwordOf('gone')),
        await tryLogin(house, 'locked', passwordOf('locked')),
        await tryLogin(house, "' OR 1=1 --", 'wrong'),
      ];
      const seen = answers.map(({ status, body, cookie }) => {
        const { errorId, requestId, ...rest } = body;
        assert.ok(errorId !== '' && requestId !== '');
        return { status, cookie, ...rest };
      });
      for (const one of seen) assert.deepEqual(one, seen[0]);
      assert.equal(seen[0]?.status, 401);
    });

    it('costs one derivation of the password each time, whether the name exists or not', async () => {
      await using house = await open();
      await house.addUser('mika', 'viewer');
      await house.ask('/api/v1/users', { method: 'POST', ...owner, body: { username: 'unborn', role: 'viewer' } });
      for (const name of ['mika', 'nobody', 'unborn', "' OR 1=1 --"]) {
        assert.equal(await derivationsDuring(() => tryLogin(house, name, 'wrong')), 1, name);
      }
    });

    it('locks after five failures, the right password included, and doubles; an administrator unlocks', async () => {
      await using house = await open();
      await house.addUser('mika', 'viewer');
      async function right() {
        return (await tryLogin(house, 'MIKA', passwordOf('mika'), '203.0.113.5')).status;
      }
      for (let wrong = 0; wrong < 5; wrong += 1) await tryLogin(house, 'mika', 'wrong');
      assert.equal(await right(), 401);
      const { lockedUntil } = (await house.ask('/api/v1/users/mika', owner)).body;
      assert.equal(Date.parse(lockedUntil) - house.now, 15 * MINUTE);
      house.now += 15 * MINUTE;
      for (let wrong = 0; wrong < 5; wrong += 1) await tryLogin(house, 'mika', 'wrong');
      house.now += 15 * MINUTE;
      assert.equal(await right(), 401, 'the second lock lasts 30 minutes');
      await house.ask('/api/v1/users/mika/unlock', { method: 'POST', ...owner });
      assert.equal(await right(), 201);
      assert.ok((await house.auditActions()).includes('account.lock'));
    });

    it('cannot outrun the counter with many tries at once', async () => {
      await using house = await open();
      await house.addUser('mika', 'viewer');
      const tries = Array.from({ length: 12 }, (_, index) => {
        const from = `198.51.100.${index}`;
        return index === 11
          ? tryLogin(house, 'mika', passwordOf('mika'), from)
          : tryLogin(house, 'mika', 'wrong', from);
      });
      await Promise.all(tries);
      const reasons = await refusalReasons(house);
      assert.ok(reasons.filter((reason) => reason === 'wrong-password').length <= 5, reasons.join(' '));
      assert.ok(reasons.filter((reason) => reason === 'locked').length >= 6, reasons.join(' '));
    });

    it('of many accounts from one address is stopped at the address, which others do not feel', async () => {
      await using house = await open();
      await house.addUser('mika', 'viewer');
      for (let wrong = 0; wrong < 30; wrong += 1) {
        assert.equal((await tryLogin(house, `user-${wrong}`, 'Winter2026!')).status, 401);
      }
      const blocked = await tryLogin(house, 'mika', passwordOf('mika'));
      assert.deepEqual(refusal(blocked), [429, 'identity.too-many-attempts']);
      assert.equal(blocked.retryAfter, String(15 * 60));
      for (const [path, body] of [
        [session, { code: 'x'.repeat(43) }],
        [`${session}/password-reset`, { code: 'x'.repeat(43), password: passwordOf('mika') }],
        [`${session}/invitation`, { code: 'x'.repeat(43), username: 'evil', password: passwordOf('evil') }],
      ] as const) {
        assert.equal((await house.ask(path, { method: 'POST', body })).status, 429, `${path} has the same counter`);
      }
      assert.equal((await house.ask('/api/v1/users', { bearer: 'kura_guess' })).status, 429);
      assert.equal((await house.ask('/api/v1/users', owner)).status, 200, 'what is right goes on');
      assert.equal((await tryLogin(house, 'mika', passwordOf('mika'), '203.0.113.9')).status, 201);
      house.now += 15 * MINUTE;
      assert.equal((await tryLogin(house, 'mika', passwordOf('mika'))).status, 201);
    });

    it('does not get a new address by writing X-Forwarded-For, unless a trusted proxy wrote it', async () => {
      await using house = await open({ trustedProxies: ['10.0.0.1'] });
      function forge(index: number, from: string) {
        return house.ask(session, {
          method: 'POST',
          from,
          headers: { 'x-forwarded-for': `203.0.113.${index}` },
          body: { username: `user-${index}`, password: 'wrong' },
        });
      }
      for (let wrong = 0; wrong < 30; wrong += 1) await forge(wrong, '192.0.2.66');
      assert.equal((await forge(31, '192.0.2.66')).status, 429);
      for (let wrong = 0; wrong < 31; wrong += 1) assert.equal((await forge(wrong, '10.0.0.1')).status, 401);
    });
  });

  describe('sessions', () => {
    it('get a new secret at each login; one that was planted or there before is worth nothing', async () => {
      await using house = await open();
      await house.addUser('mika', 'viewer');
      const before = await house.logIn('mika');
      const body = { username: 'mika', password: passwordOf('mika') };
      const login = await house.ask(session, { method: 'POST', body, session: before });
      assert.notEqual(login.session, before);
      assert.equal((await house.ask('/api/v1/users/me', { session: before })).status, 401);
      const planted = 'A'.repeat(43);
      await house.ask(session, { method: 'POST', body, session: planted });
      assert.equal((await house.ask('/api/v1/users/me', { session: planted })).status, 401);
    });

    it('come in cookies no script reads and no other site sends, Secure behind TLS', async () => {
      await using house = await open({ trustedProxies: ['10.0.0.1'] });
      await house.addUser('mika', 'viewer');
      const body = { username: 'mika', password: passwordOf('mika') };
      const plain = await house.ask(session, { method: 'POST', body, headers: { 'x-forwarded-proto': 'https' } });
      assert.match(plain.cookie ?? '', /^kura_session=[\w-]{43}; HttpOnly; Path=\/; SameSite=Lax$/);
      const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.1' };
      const tls = await house.ask(session, { method: 'POST', body, from: '10.0.0.1', headers });
      assert.match(tls.cookie ?? '', /^__Host-kura_session=[\w-]{43}; HttpOnly; Path=\/; SameSite=Lax; Secure$/);
    });

    it('of programs are told of two weeks before their keys end, and a week after', async () => {
      await using house = await open();
      await house.addUser('mika', 'viewer');
      const body = { name: 'nightly', scopes: ['read'], days: 90 };
      const made = await house.ask('/api/v1/users/mika/keys', { method: 'POST', bearer: machineToken, body });
      assert.equal(made.status, 201, JSON.stringify(made.body));
      const begun = house.now;
      const probe = keysProbe(house.database, { now: () => house.now, monotonic: () => 0 });
      const found: unknown[] = [];
      for (const day of [1, 75, 77, 96, 98]) {
        house.now = begun + day * DAY;
        const { state, detail } = await probe.run(new AbortController().signal);
        found.push([day, state, detail.startsWith('nightly (mika): ')]);
      }
      assert.deepEqual(found, [
        [1, 'ok', false],
        [75, 'ok', false],
        [77, 'degraded', true],
        [96, 'degraded', true],
        [98, 'ok', false],
      ]);
    });

    it('are known over TLS only by a name that no sibling host can give a cookie', async () => {
      await using house = await open({ trustedProxies: ['10.0.0.1'] });
      await house.addUser('mika', 'viewer');
      const secret = await house.logIn('mika');
      async function whoIs(cookie: string) {
        const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.1', cookie };
        return (await house.ask('/api/v1/users/me', { from: '10.0.0.1', headers })).status;
      }
      assert.equal(await whoIs(`__Host-kura_session=${secret}`), 200);
      assert.equal(await whoIs(`kura_session=${secret}`), 401, 'planted from next door');
      assert.equal(await whoIs(`kura_session=${'A'.repeat(43)}; __Host-kura_session=${secret}`), 200);
    });

    it('write nothing without the token that only our own pages can read', async () => {
      await using house = await open();
      await house.addUser('mika', 'viewer');
      const [mine, other] = [await house.logIn('mika'), await house.logIn('mika')];
      function ask(token: string) {
        return house.ask('/api/v1/users/me', {
          method: 'PATCH',
          session: mine,
          headers: { 'x-kura-csrf': token },
          body: { fullName: 'x' },
        });
      }
      for (const token of ['', 'x', mine, csrfTokenOf(other)]) {
        assert.deepEqual(refusal(await ask(token)), [403, 'access.csrf-token'], token);
      }
      assert.equal((await ask(csrfTokenOf(mine))).status, 200);
      const headers = { origin: 'https://evil.test' };
      const foreign = { method: 'PATCH', session: mine, headers, body: { fullName: 'y' } } as const;
      assert.deepEqual(refusal(await house.ask('/api/v1/users/me', foreign)), [403, 'access.foreign-origin']);
    });

    it('are over after an idle hour, and after twelve in any case', async () => {
      await using house = await open();
      await house.addUser('mika', 'viewer');
      const busy = await house.logIn('mika');
      for (let elapsed = 0; elapsed < 12 * HOUR - 50 * MINUTE; elapsed += 50 * MINUTE) {
        house.now += 50 * MINUTE;
        assert.equal((await house.ask('/api/v1/users/me', { session: busy })).status, 200);
      }
      house.now += 50 * MINUTE;
      assert.deepEqual(refusal(await house.ask('/api/v1/users/me', { session: busy })), [401, 'identity.session-over']);
    });

    it('are not kept alive by a page that merely stays open', async () => {
      await using house = await open();
      await house.addUser('mika', 'viewer');
      const authenticate = house.identity.authenticator(machineToken);
      const look = { bearer: undefined, session: await house.logIn('mika'), passive: true } as const;
      house.now += 40 * MINUTE;
      assert.equal((await authenticate(look))?.name, 'mika');
      house.now += 21 * MINUTE;
      await assert.rejects(authenticate(look), /identity.session-over/);
    });

    it('end at once when the account is disabled', async () => {
      await using house = await open();
      await house.addUser('mika', 'viewer');
      const mika = await house.logIn('mika');
      await house.ask('/api/v1/users/mika/active', { method: 'PUT', ...owner, body: { active: false } });
      assert.equal((await house.ask('/api/v1/users/me', { session: mika })).status, 401);
      await house.ask('/api/v1/users/mika/active', { method: 'PUT', ...owner, body: { active: true } });
      assert.equal((await house.ask('/api/v1/users/me', { session: mika })).status, 401, 'and do not come back');
    });

    it('that await a second factor are nobody, on every route', async () => {
      await using house = await open({ awaitsSecondFactor: async ({ account }) => account.username === 'mika' });
      await house.addUser('mika', 'admin');
      const body = { username: 'mika', password: passwordOf('mika') };
      const login = await house.ask(session, { method: 'POST', body });
      assert.deepEqual([login.body.stage, login.body.name, login.body.permissions], ['pending-second-factor', '', []]);
      const pending = { session: login.session } as const;
      for (const permission of permissions) {
        assert.deepEqual(refusal(await house.ask(probePath(permission), pending)), [
          401,
          'identity.second-factor-awaited',
        ]);
      }
      const { body: seen } = await house.ask(session, pending);
      assert.deepEqual([seen.caller, seen.secondFactorAwaited], [null, true]);

      const origin = { client: undefined, requestId: 'test' };
      const opened = await house.identity.completeSecondFactor(login.session ?? '', origin, rightFactor);
      assert.equal((await house.ask('/api/v1/users/me', { session: opened.secret })).status, 200);
      assert.equal((await house.ask(session, pending)).body.secondFactorAwaited, false, 'the awaiting one is gone');
      await assert.rejects(
        house.identity.completeSecondFactor(login.session ?? '', origin, rightFactor),
        /session-over/,
      );
    });
  });

  describe('a known password', () => {
    it('buys no new tries at the second factor, and does not lock whoever finishes', async () => {
      await using house = await open({ awaitsSecondFactor: async () => true });
      await house.addUser('mika', 'viewer');
      function login() {
        return tryLogin(house, 'mika', passwordOf('mika'));
      }
      const origin = { client: undefined, requestId: 'test' };
      for (let wrong = 0; wrong < 4; wrong += 1) await tryLogin(house, 'mika', 'wrong');
      for (let half = 0; half < 5; half += 1) assert.equal((await login()).status, 201);
      await house.identity.completeSecondFactor((await login()).session ?? '', origin, rightFactor);
      for (let wrong = 0; wrong < 5; wrong += 1) {
        const half = await login();
        assert.equal(half.status, 201, 'the failures before it are as many as allowed');
        const tried = house.identity.completeSecondFactor(half.session ?? '', origin, async () => undefined);
        await assert.rejects(tried, /second-factor-wrong/);
      }
      assert.equal((await login()).status, 401);
    });
  });

  describe('API keys', () => {
    async function keyOf(house: IdentityHouse, user: string, wanted: object): Promise<Answer['body']> {
      const body = { name: 'ci', ...wanted };
      const answer = await house.ask(`/api/v1/users/${user}/keys`, { method: 'POST', ...owner, body });
      assert.equal(answer.status, 201, JSON.stringify(answer.body));
      return answer.body;
    }

    it('do what their scopes and their owner’s role of the moment allow, and nothing that makes credentials', async () => {
      await using house = await open();
      await house.addUser('mika', 'operator');
      const { secret } = await keyOf(house, 'mika', { scopes: ['read', 'models:write', 'system:configure'] });
      async function allowed() {
        const statuses = await Promise.all(permissions.map((one) => house.ask(probePath(one), { bearer: secret })));
        return permissions.filter((_, index) => statuses[index]?.status === 200).toSorted();
      }
      const reads = ['backups:read', 'knowledge:read', 'models:read'];
      assert.deepEqual(await allowed(), [...reads, 'models:write', 'system:read']);
      await house.ask('/api/v1/users/mika/role', { method: 'PUT', ...owner, body: { role: 'viewer' } });
      assert.deepEqual(await allowed(), [...reads, 'system:read']);
      for (const scope of ['account:self', 'users:manage', 'everything']) {
        const body = { name: 'x', scopes: [scope] };
        assert.equal((await house.ask('/api/v1/users/mika/keys', { method: 'POST', ...owner, body })).status, 422);
      }
    });

    it('are refused one character off, by their shown prefix, from a foreign network, expired, revoked', async () => {
      await using house = await open();
      await house.addUser('mika', 'viewer');
      const made = await keyOf(house, 'mika', { scopes: ['read'], networks: ['192.0.2.0/24'], days: 1 });
      function ask(bearer: string, from = '192.0.2.10') {
        return house.ask(probePath('models:read'), { bearer, from });
      }
      assert.match(made.secret, /^kura_[\w-]{43}$/);
      assert.equal((await ask(made.secret)).status, 200);
      const last = made.secret.endsWith('A') ? 'B' : 'A';
      for (const wrong of [`${made.secret.slice(0, -1)}${last}`, made.key.prefix, `${made.secret}A`, 'kura_']) {
        assert.deepEqual(refusal(await ask(wrong)), [401, 'identity.bad-token'], wrong);
      }
      assert.deepEqual(refusal(await ask(made.secret, '203.0.113.1')), [403, 'identity.address-not-allowed']);
      house.now += DAY;
      assert.deepEqual(refusal(await ask(made.secret)), [401, 'identity.key-over']);
      const second = await keyOf(house, 'mika', { scopes: ['read'], days: null });
      assert.equal((await ask(second.secret)).status, 200);
      await house.ask(`/api/v1/users/mika/keys/${second.key.id}`, { method: 'DELETE', ...owner });
      assert.deepEqual(refusal(await ask(second.secret)), [401, 'identity.key-over']);
    });

    it('are replaced with an overlap, once', async () => {
      await using house = await open();
      await house.addUser('mika', 'viewer');
      const old = await keyOf(house, 'mika', { scopes: ['models:read'], networks: ['192.0.2.0/24'], days: 10 });
      function rotate() {
        return house.ask(`/api/v1/users/mika/keys/${old.key.id}/rotate`, {
          method: 'POST',
          ...owner,
          body: { overlapHours: 2 },
        });
      }
      const { body: fresh } = await rotate();
      assert.deepEqual([fresh.key.scopes, fresh.key.networks], [['models:read'], ['192.0.2.0/24']]);
      async function works(secret: string) {
        return (await house.ask(probePath('models:read'), { bearer: secret })).status;
      }
      assert.deepEqual([await works(old.secret), await works(fresh.secret)], [200, 200]);
      assert.deepEqual(refusal(await rotate()), [404, 'identity.key-not-found']);
      house.now += 2 * HOUR;
      assert.deepEqual([await works(old.secret), await works(fresh.secret)], [401, 200]);
    });

    it('show their last use, written at most once a minute', async () => {
      await using house = await open();
      await house.addUser('mika', 'viewer');
      const { secret } = await keyOf(house, 'mika', { scopes: ['read'] });
      async function lastUse() {
        await house.ask(probePath('models:read'), { bearer: secret });
        return (await house.ask('/api/v1/users/mika/keys', owner)).body.items[0].lastUsedAt;
      }
      while ((await lastUse()) === null) await setImmediate();
      const first = await lastUse();
      house.now += 30_000;
      assert.equal(await lastUse(), first);
      house.now += 31_000;
      // Nobody waits for the note, so it may come after the answer.
      while ((await lastUse()) === first) await setImmediate();
    });
  });
});

/** How many key derivations Node began meanwhile. */
async function derivationsDuring(work: () => Promise<unknown>): Promise<number> {
  let count = 0;
  const hook = createHook({
    init(_id, type) {
      if (/argon2/i.test(type)) count += 1;
    },
  }).enable();
  await work();
  hook.disable();
  return count;
}

async function refusalReasons(house: IdentityHouse): Promise<readonly string[]> {
  const rows = await house.database
    .tables<AuditTables>()
    .selectFrom('audit_log')
    .select('after')
    .where('result', '=', 'refused')
    .execute();
  return rows.map(({ after }) => JSON.parse(after ?? '{}').reason);
}
