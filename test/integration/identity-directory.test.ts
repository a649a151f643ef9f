/** People of a directory over HTTP, against a real slapd: coming in, staying in, being thrown out. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';

import { createLdapDirectory } from '#adapters/ldap';
import { systemClock } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { MINUTE } from '#kernel/units';
import { type DirectoryAccess, followDirectory } from '#platform/identity';
import { unlessInstalled } from '#stand-ins/child-server';
import { forEachDatabase } from '#stand-ins/databases';
import {
  branch,
  group,
  groupDn,
  makeAuthority,
  makeCertificate,
  person,
  personDn,
  rootDn,
  rootPassword,
  type SlapdServer,
  slapdProgram,
  startSlapd,
  suffix,
} from '#stand-ins/slapd';

import { houseMigrations, type IdentityHouse, openHouse, refusal } from './identity/identity-house.ts';
import { machineToken, passwordOf } from './over-http/asked.ts';

const never = new AbortController().signal;
const skip = unlessInstalled('slapd', slapdProgram());
const owner = { bearer: machineToken } as const;
const session = '/api/v1/session';

const ldif = [
  branch('people'),
  branch('groups'),
  person('alice', { password: passwordOf('alice'), lines: ['mail: alice@example.org', 'displayName: Alice'] }),
  person('bob', { password: passwordOf('bob') }),
  person('carol', { password: passwordOf('carol') }),
  group('editors', [personDn('alice')]),
  group('staff', [groupDn('editors'), personDn('bob')]),
  group('admins', ['cn=nobody']),
].join('');

forEachDatabase((databases) => {
  describe('people of a directory', { skip }, () => {
    let folder = '';
    let caText = '';
    let server: SlapdServer;
    let settings: Parameters<typeof startSlapd>[0];

    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'kura-directory-test-'));
      const authority = await makeAuthority(folder);
      caText = authority.ca;
      settings = { ldif, certificate: await makeCertificate(authority), caFile: authority.caFile };
    });
    after(async () => rm(folder, { recursive: true }));
    beforeEach(async (context) => {
      server = await startSlapd(settings);
      if ('after' in context) context.after(() => server[Symbol.asyncDispose]());
    });

    function access(): DirectoryAccess {
      return {
        source: createLdapDirectory({
          clock: systemClock,
          settings: {
            servers: [`ldap://localhost:${server.port}`, `ldaps://127.0.0.1:${server.tlsPort}`],
            ca: caText,
            plainLoopback: false,
            bindDn: rootDn,
            bindPassword: rootPassword,
            baseDn: `ou=people,${suffix}`,
            groupBaseDn: `ou=groups,${suffix}`,
            userFilter: '(|(uid={user})(mail={user}))',
            bindAs: 'dn',
            timeoutMs: 20_000,
          },
        }),
        roles: {
          rules: [
            { group: `CN=admins, OU=groups, ${suffix}`, role: 'admin' },
            { group: groupDn('staff'), role: 'editor' },
          ],
          fallback: undefined,
        },
        recheckMs: 2 * MINUTE,
      };
    }

    async function open(): Promise<IdentityHouse & { readonly access: DirectoryAccess }> {
      const directory = access();
      const house = await openHouse(await databases.open(houseMigrations), { directory });
      return Object.assign(house, { access: directory });
    }

    async function logIn(house: IdentityHouse, username: string, password = passwordOf(username)) {
      return house.ask(session, { method: 'POST', body: { username, password } });
    }

    it('come in with a role by their groups, and have an account from then on', async () => {
      await using house = await open();
      const login = await logIn(house, 'alice');
      assert.deepEqual([login.status, login.body.name, login.body.role], [201, 'alice', 'editor']);
      const { body } = await house.ask('/api/v1/users/alice', owner);
      assert.deepEqual(
        [body.kind, body.provider, body.email, body.fullName],
        ['ldap', 'ldap', 'alice@example.org', 'Alice'],
      );
      const again = await logIn(house, 'ALICE@example.org', passwordOf('alice'));
      assert.deepEqual([again.status, again.body.accountId], [201, body.id]);
      assert.ok(!(await house.everythingStored()).includes(passwordOf('alice')), 'the password is kept nowhere');
    });

    it('are refused in one way, whatever the reason, and the reason stands in the log', async () => {
      await using house = await open();
      await house.addUser('local', 'viewer');
      const answers = [
        await logIn(house, 'alice', 'wrong'),
        await logIn(house, 'nobody'),
        await logIn(house, 'carol'),
        await logIn(house, 'local', 'wrong'),
        await logIn(house, '*'),
      ];
      for (const answer of answers) assert.deepEqual(refusal(answer), [401, 'identity.login-failed']);
      const stored = await house.everythingStored();
      for (const reason of ['wrong-password', 'unknown', 'no-role']) assert.ok(stored.includes(reason), reason);
    });

    it('are locked out together with everybody who answers to their name, and the directory is left alone', async () => {
      await using house = await open();
      for (let index = 0; index < 3; index += 1) await logIn(house, 'alice', 'wrong');
      for (let index = 0; index < 2; index += 1) await logIn(house, 'alice@example.org', 'wrong');
      assert.deepEqual(refusal(await logIn(house, 'alice')), [401, 'identity.login-failed']);
      assert.deepEqual(refusal(await logIn(house, 'alice@example.org', passwordOf('alice'))), [
        401,
        'identity.login-failed',
      ]);
      house.now += 16 * MINUTE;
      assert.equal((await logIn(house, 'alice')).status, 201);
    });

    it('never take the name of an account of Kura itself', async () => {
      await using house = await open();
      const body = { username: 'bob', role: 'viewer', password: 'a password of 5 local yaks' };
      assert.equal((await house.ask('/api/v1/users', { method: 'POST', ...owner, body })).status, 201);
      assert.equal((await logIn(house, 'bob')).status, 401, 'the password of the directory does not count');
      const local = await logIn(house, 'bob', body.password);
      assert.deepEqual([local.status, local.body.role], [201, 'viewer']);
      const told = await house.ask('/api/v1/directory/test', { method: 'POST', ...owner, body: { username: 'bob' } });
      assert.equal(told.body.ok, false);
      const problems = told.body.steps.flatMap(
        (step: { problem: { code: string } | null }) => step.problem?.code ?? [],
      );
      assert.deepEqual(problems, ['identity.name-local', 'identity.not-admitted.name-taken']);
    });

    it('lose their sessions when the directory closes the account, and come back when it opens it', async () => {
      await using house = await open();
      const { session: cookie } = await logIn(house, 'alice');
      assert.deepEqual(await followDirectory(house.identity.deps, house.access, never), {
        checked: 1,
        changed: 0,
        closed: 0,
      });
      await server.modify(`dn: ${personDn('alice')}\nchangetype: modify\nreplace: shadowExpire\nshadowExpire: 1\n`);
      assert.deepEqual(await followDirectory(house.identity.deps, house.access, never), {
        checked: 1,
        changed: 0,
        closed: 1,
      });
      assert.equal((await house.ask('/api/v1/users/me', { session: cookie })).status, 401);
      assert.equal((await logIn(house, 'alice')).status, 401);
      assert.equal((await house.ask('/api/v1/users/alice', owner)).body.active, false);
      await server.modify(`dn: ${personDn('alice')}\nchangetype: modify\ndelete: shadowExpire\n`);
      assert.equal((await logIn(house, 'alice')).status, 201);
      const actions = await house.auditActions();
      assert.ok(actions.includes('account.disable') && actions.includes('account.enable'));
    });

    it('have their keys put to sleep and woken by the directory, too', async () => {
      await using house = await open();
      const { session: cookie } = await logIn(house, 'alice');
      const made = await house.ask('/api/v1/users/me/keys', {
        method: 'POST',
        session: cookie,
        body: { name: 'script', scopes: ['read'], networks: [], days: 30 },
      });
      assert.equal(made.status, 201, JSON.stringify(made.body));
      const bearer: string = made.body.secret;
      assert.equal((await house.ask('/probe/models-read', { bearer })).status, 200);
      await server.modify(
        `dn: ${personDn('alice')}\nchangetype: modify\nreplace: pwdAccountLockedTime\npwdAccountLockedTime: 000001010000Z\n`,
      );
      await followDirectory(house.identity.deps, house.access, never);
      assert.equal((await house.ask('/probe/models-read', { bearer })).status, 401);
      await server.modify(`dn: ${personDn('alice')}\nchangetype: modify\ndelete: pwdAccountLockedTime\n`);
      await followDirectory(house.identity.deps, house.access, never);
      assert.equal((await house.ask('/probe/models-read', { bearer })).status, 200);
    });

    it('who are gone there are out here; whoever has their name next is somebody else', async () => {
      await using house = await open();
      const { session: cookie } = await logIn(house, 'bob');
      await server.modify(`dn: ${personDn('bob')}\nchangetype: delete\n`);
      await followDirectory(house.identity.deps, house.access, never);
      assert.equal((await house.ask('/api/v1/users/me', { session: cookie })).status, 401);
      await server.modify(
        person('bob', { password: passwordOf('bob') }).replace('\nobjectClass', '\nchangetype: add\nobjectClass'),
      );
      assert.equal((await logIn(house, 'bob')).status, 401);
      assert.ok((await house.everythingStored()).includes('name-taken'));
    });

    it('change their role with their groups, and their name without losing anything', async () => {
      await using house = await open();
      const { session: cookie } = await logIn(house, 'alice');
      const setRole = { method: 'PUT', ...owner, body: { role: 'viewer' } } as const;
      assert.deepEqual(refusal(await house.ask('/api/v1/users/alice/role', setRole)), [
        409,
        'identity.role-from-directory',
      ]);
      assert.equal((await house.ask('/probe/users-manage', { session: cookie })).status, 403);
      await server.modify(`dn: ${groupDn('admins')}\nchangetype: modify\nadd: member\nmember: ${personDn('alice')}\n`);
      await followDirectory(house.identity.deps, house.access, never);
      assert.equal((await house.ask('/probe/users-manage', { session: cookie })).status, 200);
      await server.modify(`dn: ${personDn('alice')}\nchangetype: modrdn\nnewrdn: uid=alicia\ndeleteoldrdn: 1\n`);
      await server.modify(`dn: ${groupDn('staff')}\nchangetype: modify\nadd: member\nmember: ${personDn('alicia')}\n`);
      await followDirectory(house.identity.deps, house.access, never);
      const me = await house.ask('/api/v1/users/me', { session: cookie });
      assert.deepEqual([me.status, me.body.username, me.body.role], [200, 'alicia', 'editor']);
      await server.modify(
        `dn: ${groupDn('staff')}\nchangetype: modify\ndelete: member\nmember: ${personDn('alicia')}\n`,
      );
      await followDirectory(house.identity.deps, house.access, never);
      assert.equal(
        (await house.ask('/api/v1/users/me', { session: cookie })).status,
        401,
        'no group, no role, no session',
      );
    });

    it('whom an administrator of Kura has disabled stay out, whatever the directory says', async () => {
      await using house = await open();
      await logIn(house, 'alice');
      const body = { active: false };
      assert.equal((await house.ask('/api/v1/users/alice/active', { method: 'PUT', ...owner, body })).status, 200);
      await followDirectory(house.identity.deps, house.access, never);
      assert.equal((await logIn(house, 'alice')).status, 401);
      assert.equal((await house.ask('/api/v1/users/alice', owner)).body.active, false);
    });

    it('stay in while the directory is down; nobody new comes in, and all are told the same', async () => {
      await using house = await open();
      await house.addUser('local', 'viewer');
      const { session: cookie } = await logIn(house, 'alice');
      await server.kill();
      await assert.rejects(followDirectory(house.identity.deps, house.access, never), { kind: 'unavailable' });
      assert.equal((await house.ask('/api/v1/users/me', { session: cookie })).status, 200);
      for (const [name, password] of [
        ['alice', 'x'],
        ['nobody', 'x'],
        ['local', 'wrong'],
      ] as const) {
        assert.deepEqual(refusal(await logIn(house, name, password)), [503, 'identity.directory-unavailable'], name);
      }
      assert.equal((await logIn(house, 'local')).status, 201);
    });

    it('are not locked out by an outage of the directory', async () => {
      const directory = access();
      let isDown = true;
      const { source } = directory;
      const unsteady = {
        ...source,
        authenticate: async (...asked: Parameters<typeof source.authenticate>) => {
          if (isDown) throw new KuraError('unavailable', 'ldap.no-server');
          return source.authenticate(...asked);
        },
      };
      await using house = await openHouse(await databases.open(houseMigrations), {
        directory: { ...directory, source: unsteady },
      });
      for (let index = 0; index < 6; index += 1) assert.equal((await logIn(house, 'alice')).status, 503);
      isDown = false;
      assert.equal((await logIn(house, 'alice')).status, 201);
    });

    it('explain themselves step by step, in the language of whoever asks', async () => {
      await using house = await open();
      const body = { username: 'alice', password: passwordOf('alice') };
      const headers = { 'accept-language': 'ja' };
      const told = await house.ask('/api/v1/directory/test', { method: 'POST', ...owner, body, headers });
      assert.deepEqual([told.status, told.body.ok, told.body.username, told.body.role], [200, true, 'alice', 'editor']);
      assert.equal(told.body.steps.length, 7);
      assert.match(told.body.steps[0].text, /に接続$/);
      assert.ok(!JSON.stringify(told.body).includes(body.password));
      const wrong = { ...body, password: 'wrong' };
      const failed = await house.ask('/api/v1/directory/test', { method: 'POST', ...owner, body: wrong });
      assert.equal(failed.body.ok, false);
      assert.equal(failed.body.steps.at(-1).problem.code, 'ldap.password-refused');
      await house.addUser('viewer-1', 'viewer');
      const asViewer = { method: 'POST', session: await house.logIn('viewer-1'), body } as const;
      assert.equal((await house.ask('/api/v1/directory/test', asViewer)).status, 403);
    });
  });
});
