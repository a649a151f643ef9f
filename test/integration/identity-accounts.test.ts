/** Accounts over HTTP: what people and administrators do, and what nobody may. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { DAY, HOUR, MINUTE, SECOND } from '#kernel/units';
import { builtInRoleNames, builtInRoles } from '#platform/access';
import { permissions } from '#platform/contract';
import { forEachDatabase } from '#stand-ins/databases';

import { houseMigrations, openHouse, probePath, refusal } from './identity/identity-house.ts';
import { machineToken, passwordOf } from './over-http/asked.ts';

const users = '/api/v1/users';
const owner = { bearer: machineToken } as const;

forEachDatabase((databases) => {
  async function open() {
    return openHouse(await databases.open(houseMigrations));
  }

  describe('the first account', () => {
    it('is made by the owner of the machine, once, who goes on as its holder', async () => {
      await using house = await open();
      const code = await house.identity.createLink();
      const login = await house.ask('/api/v1/session', { method: 'POST', body: { code } });
      assert.equal(login.body.name, 'admin');
      const { session } = login;
      assert.equal((await house.ask('/api/v1/session', { session })).body.firstAccountMissing, true);
      const body = { username: 'Mika', password: passwordOf('mika'), fullName: '田中美香' };
      const first = { method: 'POST', body } as const;
      const made = await house.ask('/api/v1/session/first-account', { ...first, session });
      assert.deepEqual([made.status, made.body.name, made.body.role], [201, 'Mika', 'admin']);
      assert.equal((await house.ask(`${users}/me`, { session: made.session })).body.fullName, '田中美香');
      assert.equal((await house.ask(`${users}/me`, { session })).status, 401, 'the link’s session has ended');
      const again = await house.ask('/api/v1/session/first-account', { ...first, ...owner });
      assert.deepEqual(refusal(again), [409, 'identity.admin-exists']);
    });
  });

  describe('roles', () => {
    it('allow each account exactly what they list, from the next request on', async () => {
      await using house = await open();
      await house.addUser('mika', 'viewer');
      const session = await house.logIn('mika');
      for (const role of builtInRoleNames) {
        const set = await house.ask(`${users}/mika/role`, { method: 'PUT', ...owner, body: { role } });
        assert.equal(set.body.role, role);
        for (const permission of permissions) {
          const { status } = await house.ask(probePath(permission), { session });
          assert.equal(status, builtInRoles[role].has(permission) ? 200 : 403, `${role} ${permission}`);
        }
      }
    });

    it('of one’s own combine permissions, cannot outgrow who makes them, and stay while somebody has them', async () => {
      await using house = await open();
      const body = { permissions: ['users:manage', 'users:read', 'models:read'] };
      const keeper = await house.ask('/api/v1/roles/keeper', { method: 'PUT', ...owner, body });
      assert.equal(keeper.status, 200, JSON.stringify(keeper.body));
      await house.addUser('kei', 'keeper');
      await house.addUser('ada', 'admin');
      const session = await house.logIn('kei');
      const wider = { method: 'PUT', session, body: { permissions: ['system:configure'] } } as const;
      assert.deepEqual(refusal(await house.ask('/api/v1/roles/wide', wider)), [403, 'identity.role-too-wide']);
      assert.deepEqual(refusal(await house.ask('/api/v1/roles/keeper', wider)), [403, 'identity.role-too-wide']);
      const promote = { method: 'POST', session, body: { username: 'evil', role: 'admin' } } as const;
      assert.deepEqual(refusal(await house.ask(users, promote)), [403, 'identity.role-too-wide']);
      const invite = { method: 'POST', session, body: { role: 'admin' } } as const;
      assert.deepEqual(refusal(await house.ask('/api/v1/invitations', invite)), [403, 'identity.role-too-wide']);
      for (const [method, path, input] of [
        ['POST', 'password-reset', undefined],
        ['PUT', 'role', { role: 'keeper' }],
        ['PUT', 'active', { active: false }],
        ['POST', 'keys', { name: 'k', scopes: ['read'] }],
        ['DELETE', 'sessions', undefined],
      ] as const) {
        const answer = await house.ask(`${users}/ada/${path}`, { method, session, body: input });
        assert.deepEqual(refusal(answer), [403, 'identity.outranked'], path);
      }
      const removal = await house.ask('/api/v1/roles/keeper', { method: 'DELETE', ...owner });
      assert.deepEqual(refusal(removal), [409, 'identity.role-in-use']);
      const builtIn = await house.ask('/api/v1/roles/viewer', { method: 'PUT', ...owner, body });
      assert.deepEqual(refusal(builtIn), [409, 'identity.role-built-in']);
    });

    it('can be bound to networks, but not so that the one who sets it is shut out', async () => {
      await using house = await open();
      await house.addUser('ada', 'admin');
      await house.addUser('mika', 'viewer');
      const ada = await house.logIn('ada');
      const mika = await house.logIn('mika');
      function bind(role: string, networks: readonly string[]) {
        return house.ask(`/api/v1/roles/${role}`, { method: 'PUT', session: ada, body: { networks } });
      }
      assert.deepEqual(refusal(await bind('admin', ['10.0.0.0/8'])), [409, 'identity.would-lock-out']);
      assert.equal((await bind('viewer', ['10.0.0.0/8'])).status, 200);
      assert.deepEqual(refusal(await house.ask(`${users}/me`, { session: mika })), [
        403,
        'identity.address-not-allowed',
      ]);
      assert.equal((await house.ask(`${users}/me`, { session: mika, from: '10.1.2.3' })).status, 200);
      const body = { username: 'mika', password: passwordOf('mika') };
      const outside = await house.ask('/api/v1/session', { method: 'POST', body });
      assert.deepEqual(refusal(outside), [401, 'identity.login-failed'], 'as if the password were wrong');
    });
  });

  describe('administrators', () => {
    it('do not change themselves, and the last one stays', async () => {
      await using house = await open();
      const id = await house.addUser('ada', 'admin');
      await house.addUser('ben', 'viewer');
      const session = await house.logIn('ada');
      for (const user of ['ada', 'ADA', id, 'me']) {
        const demote = await house.ask(`${users}/${user}/role`, { method: 'PUT', session, body: { role: 'viewer' } });
        assert.deepEqual(refusal(demote), [409, 'identity.own-account']);
        const disable = await house.ask(`${users}/${user}/active`, { method: 'PUT', session, body: { active: false } });
        assert.deepEqual(refusal(disable), [409, 'identity.own-account']);
        const remove = await house.ask(`${users}/${user}`, { method: 'DELETE', session });
        assert.deepEqual(refusal(remove), [409, 'identity.own-account']);
      }
      for (const [method, path, body] of [
        ['PUT', 'ada/role', { role: 'operator' }],
        ['PUT', 'ada/active', { active: false }],
        ['DELETE', 'ada', undefined],
      ] as const) {
        assert.deepEqual(refusal(await house.ask(`${users}/${path}`, { method, ...owner, body })), [
          409,
          'identity.last-admin',
        ]);
      }
    });

    it('who demote each other at the same moment cannot both succeed', async () => {
      await using house = await open();
      const pairs = ['a', 'b'].map((letter) => `admin-${letter}`);
      for (const name of pairs) await house.addUser(name, 'admin');
      const sessions = await Promise.all(pairs.map((name) => house.logIn(name)));
      for (let round = 0; round < 5; round += 1) {
        const answers = await Promise.all(
          pairs.map((_, index) =>
            house.ask(`${users}/${pairs[1 - index]}/role`, {
              method: 'PUT',
              session: sessions[index],
              body: { role: 'operator' },
            }),
          ),
        );
        const { body } = await house.ask(`${users}?role=admin&active=true`, owner);
        assert.equal(body.items.length, 1, JSON.stringify(answers.map(refusal)));
        const lost = pairs.find((name) => name !== body.items[0].username);
        const back = await house.ask(`${users}/${lost}/role`, { method: 'PUT', ...owner, body: { role: 'admin' } });
        assert.equal(back.status, 200);
      }
    });
  });

  describe('a person', () => {
    it('sees and changes their own account and nobody else’s, and does not learn who exists', async () => {
      await using house = await open();
      await house.addUser('mika', 'editor');
      const otherId = await house.addUser('other', 'viewer');
      const session = await house.logIn('mika');
      const profile = { email: 'Mika@Example.org', language: 'ja' };
      const changed = await house.ask(`${users}/me`, { method: 'PATCH', session, body: profile });
      assert.deepEqual([changed.status, changed.body.email], [200, 'Mika@Example.org']);
      const joining = { method: 'PATCH', session, body: { department: '制作' } } as const;
      assert.deepEqual(refusal(await house.ask(`${users}/me`, joining)), [403, 'identity.department-by-admin']);
      const placed = await house.ask(`${users}/mika`, { method: 'PATCH', ...owner, body: { department: '制作' } });
      assert.deepEqual([placed.status, placed.body.department], [200, '制作']);
      const forged = await house.ask(`${users}/me`, { method: 'PATCH', session, body: { role: 'admin' } });
      assert.equal(forged.status, 422, 'no mass assignment');
      for (const user of ['other', otherId, 'nobody-here']) {
        for (const [method, path, body] of [
          ['GET', '', undefined],
          ['PATCH', '', { fullName: 'x' }],
          ['GET', '/sessions', undefined],
          ['DELETE', '/sessions', undefined],
          ['GET', '/keys', undefined],
          ['POST', '/keys', { name: 'k', scopes: ['read'] }],
          ['DELETE', '/keys/1', undefined],
        ] as const) {
          const answer = await house.ask(`${users}/${user}${path}`, { method, session, body });
          assert.deepEqual(refusal(answer), [403, 'access.permission-missing'], `${method} ${user}${path}`);
        }
      }
      const taken = await house.ask(`${users}/other`, {
        method: 'PATCH',
        ...owner,
        body: { email: 'mika@example.ORG' },
      });
      assert.deepEqual(refusal(taken), [409, 'identity.email-taken']);
      const twin = { method: 'POST', ...owner, body: { username: 'ＭＩＫＡ', role: 'viewer' } } as const;
      assert.deepEqual(refusal(await house.ask(users, twin)), [409, 'identity.username-taken']);
    });

    it('changes the password with the old one, which ends the other sessions and counts wrong entries', async () => {
      await using house = await open();
      await house.addUser('mika', 'viewer');
      const [here, elsewhere] = [await house.logIn('mika'), await house.logIn('mika')];
      function change(current: string, password: string) {
        return house.ask(`${users}/me/password`, { method: 'PUT', session: here, body: { current, password } });
      }
      assert.deepEqual(refusal(await change('wrong', 'nine calm herons wait')), [403, 'identity.password-wrong']);
      assert.deepEqual(refusal(await change(passwordOf('mika'), 'mika-mika-mika')), [422, 'identity.password-weak']);
      assert.equal((await change(passwordOf('mika'), 'nine calm herons wait')).status, 204);
      assert.equal((await house.ask(`${users}/me`, { session: here })).status, 200);
      assert.equal((await house.ask(`${users}/me`, { session: elsewhere })).status, 401);
      const old = { username: 'mika', password: passwordOf('mika') };
      assert.equal((await house.ask('/api/v1/session', { method: 'POST', body: old })).status, 401);
      for (let wrong = 0; wrong < 4; wrong += 1) await change('wrong', 'nine calm herons wait');
      assert.deepEqual(refusal(await change('nine calm herons wait', passwordOf('mika'))), [
        403,
        'identity.password-wrong',
      ]);
      assert.ok((await house.auditActions()).includes('account.lock'));
    });

    it('chooses none of the last passwords again where that is barred, and no more of them are kept than needed', async () => {
      await using house = await open();
      await house.addUser('mika', 'viewer');
      const session = await house.logIn('mika');
      let current = passwordOf('mika');
      async function change(password: string): Promise<string> {
        house.now += SECOND;
        const body = { current, password };
        const answer = await house.ask(`${users}/me/password`, { method: 'PUT', session, body });
        if (answer.status === 204) current = password;
        return answer.status === 204 ? 'taken' : answer.body.errors[0].message;
      }
      const [first, second, third] = [
        'nine calm herons wait',
        'six loud otters sleep',
        'two red kites return',
      ] as const;
      assert.equal(await change(first), 'taken');
      assert.equal(await change(first), 'taken', 'nothing is barred unless somebody wants it');
      house.passwordHistory = 3;
      for (const password of [second, third]) assert.equal(await change(password), 'taken');
      for (const password of [first, second, third]) assert.match(await change(password), /one of the last 3/);
      const link = (await house.ask(`${users}/mika/password-reset`, { method: 'POST', ...owner })).body.path;
      const reset = { code: link.split('=')[1], password: second };
      const refused = await house.ask('/api/v1/session/password-reset', { method: 'POST', body: reset });
      assert.deepEqual(refusal(refused), [422, 'identity.password-weak'], 'nor by a link');
      assert.equal(await change(passwordOf('mika')), 'taken');
      assert.equal(await change(first), 'taken', 'the fourth before may come back');
      assert.equal((await house.everythingStored()).match(/argon2id/g)?.length, 3, 'the present one and two others');
      house.passwordHistory = 0;
      assert.equal(await change(second), 'taken');
      assert.equal((await house.everythingStored()).match(/argon2id/g)?.length, 1);
    });

    it('must change a password that is too old before anything else, where that is wanted; keys go on', async () => {
      await using house = await open();
      await house.addUser('mika', 'viewer');
      const session = await house.logIn('mika');
      const keyed = { method: 'POST', session, body: { name: 'ci', scopes: ['read'] } } as const;
      const bearer = (await house.ask(`${users}/me/keys`, keyed)).body.secret;
      house.passwordDays = 90;
      const due = Date.parse((await house.ask(`${users}/me`, { session })).body.passwordExpiresAt);
      assert.equal(due - house.now, 90 * DAY);
      house.now = due - MINUTE;
      const early = await house.logIn('mika');
      assert.equal((await house.ask(probePath('models:read'), { session: early })).status, 200);
      house.now = due;
      const late = await house.logIn('mika');
      for (const one of [early, late]) {
        for (const permission of permissions) {
          const expected = permission === 'account:password' ? 200 : 403;
          assert.equal((await house.ask(probePath(permission), { session: one })).status, expected, permission);
        }
      }
      assert.equal((await house.ask(`${users}/me/keys`, { ...keyed, session: late })).status, 403, 'no way around it');
      assert.equal((await house.ask(probePath('models:read'), { bearer })).status, 200);
      const said = await house.ask('/api/v1/session', { session: late });
      assert.deepEqual(said.body.caller.permissions, ['account:password']);
      const current = passwordOf('mika');
      function change(password: string) {
        return house.ask(`${users}/me/password`, { method: 'PUT', session: late, body: { current, password } });
      }
      assert.deepEqual(refusal(await change(current)), [422, 'identity.password-weak'], 'the same does not begin anew');
      assert.equal((await change('nine calm herons wait')).status, 204);
      assert.equal((await house.ask(probePath('models:read'), { session: late })).status, 200);
      house.now += 89 * DAY;
      assert.equal((await house.ask(probePath('models:read'), { bearer })).status, 200);
    });

    it('sees their sessions and ends one or all of them', async () => {
      await using house = await open();
      await house.addUser('mika', 'viewer');
      const [here, there, third] = [
        await house.logIn('mika'),
        await house.logIn('mika', '198.51.100.7'),
        await house.logIn('mika'),
      ];
      const { body } = await house.ask(`${users}/me/sessions`, { session: here });
      assert.equal(body.items.length, 3);
      assert.equal(body.items.filter((one: { current: boolean }) => one.current).length, 1);
      const foreign = body.items.find((one: { address: string }) => one.address === '198.51.100.7');
      assert.deepEqual(foreign.risk.reasons, [{ reason: 'new-network', points: 30 }]);
      const end = await house.ask(`${users}/me/sessions/${foreign.id}`, { method: 'DELETE', session: here });
      assert.equal(end.status, 204);
      assert.equal((await house.ask(`${users}/me`, { session: there })).status, 401);
      const all = await house.ask(`${users}/me/sessions`, { method: 'DELETE', session: here });
      assert.equal(all.body.ended, 2);
      for (const session of [here, third]) assert.equal((await house.ask(`${users}/me`, { session })).status, 401);
    });
  });

  describe('one-time links', () => {
    it('invite somebody once, within a week, unless withdrawn', async () => {
      await using house = await open();
      function invite() {
        return house.ask('/api/v1/invitations', {
          method: 'POST',
          ...owner,
          body: { role: 'editor', email: 'm@example.org' },
        });
      }
      function codeIn(path: string) {
        return path.split('=')[1] ?? '';
      }
      function accept(code: string, username: string) {
        return house.ask('/api/v1/session/invitation', {
          method: 'POST',
          body: { code, username, password: passwordOf(username) },
        });
      }
      const { body } = await invite();
      assert.match(body.link.path, /^\/login#invitation=[\w-]{43}$/);
      const weak = { code: codeIn(body.link.path), username: 'mika', password: 'password1234' };
      const refused = await house.ask('/api/v1/session/invitation', { method: 'POST', body: weak });
      assert.deepEqual(refusal(refused), [422, 'identity.password-weak'], 'which does not spend the link');
      const accepted = await accept(codeIn(body.link.path), 'mika');
      assert.deepEqual([accepted.status, accepted.body.role], [201, 'editor']);
      assert.equal((await house.ask(`${users}/me`, { session: accepted.session })).body.email, 'm@example.org');
      assert.deepEqual(refusal(await accept(codeIn(body.link.path), 'again')), [401, 'identity.link-used']);

      const withdrawn = (await invite()).body;
      await house.ask(`/api/v1/invitations/${withdrawn.invitation.id}`, { method: 'DELETE', ...owner });
      assert.deepEqual(refusal(await accept(codeIn(withdrawn.link.path), 'kei')), [401, 'identity.link-used']);
      const late = (await invite()).body;
      house.now += 7 * DAY;
      assert.deepEqual(refusal(await accept(codeIn(late.link.path), 'kei')), [401, 'identity.link-used']);
    });

    it('reset a password within an hour, which ends all sessions and the lock', async () => {
      await using house = await open();
      await house.addUser('mika', 'viewer');
      const session = await house.logIn('mika');
      async function make() {
        return (await house.ask(`${users}/mika/password-reset`, { method: 'POST', ...owner })).body.path.split('=')[1];
      }
      function reset(code: string) {
        return house.ask('/api/v1/session/password-reset', {
          method: 'POST',
          body: { code, password: 'nine calm herons wait' },
        });
      }
      const [older, code] = [await make(), await make()];
      assert.deepEqual(refusal(await reset(older)), [401, 'identity.link-used'], 'only the newest works');
      for (let wrong = 0; wrong < 5; wrong += 1) {
        await house.ask('/api/v1/session', { method: 'POST', body: { username: 'mika', password: 'x' } });
      }
      assert.equal((await reset(code)).status, 204);
      assert.equal((await house.ask(`${users}/me`, { session })).status, 401);
      const body = { username: 'mika', password: 'nine calm herons wait' };
      assert.equal((await house.ask('/api/v1/session', { method: 'POST', body })).status, 201);
      assert.deepEqual(refusal(await reset(code)), [401, 'identity.link-used']);
      const late = await make();
      house.now += HOUR;
      assert.deepEqual(refusal(await reset(late)), [401, 'identity.link-used']);
    });
  });

  describe('a removed account', () => {
    it('is dead at once with sessions and keys, keeps nothing of the person, and stays in the audit log', async () => {
      await using house = await open();
      await house.addUser('mika', 'editor');
      const session = await house.logIn('mika');
      const body = { name: 'ci', scopes: ['read'] };
      const { secret } = (await house.ask(`${users}/me/keys`, { method: 'POST', session, body })).body;
      assert.equal((await house.ask(probePath('models:read'), { bearer: secret })).status, 200);
      const removed = await house.ask(`${users}/mika?anonymise=true`, { method: 'DELETE', ...owner });
      assert.match(removed.body.username, /^removed-/);
      assert.equal((await house.ask(`${users}/me`, { session })).status, 401);
      assert.deepEqual(refusal(await house.ask(probePath('models:read'), { bearer: secret })), [
        401,
        'identity.key-over',
      ]);
      const accounts = JSON.stringify((await house.ask(users, owner)).body);
      assert.doesNotMatch(accounts, /mika/);
      const back = await house.ask(`${users}/${removed.body.id}/active`, {
        method: 'PUT',
        ...owner,
        body: { active: true },
      });
      assert.deepEqual(refusal(back), [409, 'identity.anonymised']);
      assert.match(await house.everythingStored(), /"subject_name":"mika"/);
    });
  });

  describe('what is stored', () => {
    it('holds no secret that opens anything', async () => {
      await using house = await open();
      await house.addUser('mika', 'admin');
      const session = await house.logIn('mika');
      const key = (
        await house.ask(`${users}/me/keys`, { method: 'POST', session, body: { name: 'k', scopes: ['read'] } })
      ).body.secret;
      const link = (await house.ask(`${users}/mika/password-reset`, { method: 'POST', ...owner })).body.path.split(
        '=',
      )[1];
      const typedAsName = 'my-secret-typed-as-a-name';
      await house.ask('/api/v1/session', {
        method: 'POST',
        body: { username: typedAsName, password: 'hunter2hunter2' },
      });
      const stored = await house.everythingStored();
      for (const secret of [session, key, link, passwordOf('mika'), machineToken, typedAsName, 'hunter2hunter2']) {
        assert.ok(!stored.includes(secret), secret);
      }
      house.now += 61 * MINUTE;
      assert.deepEqual(refusal(await house.ask(`${users}/me`, { session })), [401, 'identity.session-over']);
    });
  });
});
