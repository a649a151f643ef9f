/** `kura users`, `roles`, `keys`, `sessions`, in both languages. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { accessMessages } from '#platform/access';
import { createCommandRunner } from '#platform/cli/testing';
import { httpMessages } from '#platform/http';
import { identityCommands, identityMessages, identityRoutes } from '#platform/identity';
import { forEachDatabase } from '#stand-ins/databases';

import { houseMigrations, type IdentityHouse, openHouse, probePath } from './identity/identity-house.ts';
import { passwordOf } from './over-http/asked.ts';

const { runCommand } = createCommandRunner([accessMessages, httpMessages, identityMessages]);

forEachDatabase((databases) => {
  describe('the commands of identity', () => {
    let house: IdentityHouse;
    let folder: string;
    before(async () => {
      house = await openHouse(await databases.open(houseMigrations));
      folder = await mkdtemp(join(tmpdir(), 'kura-identity-'));
    });
    after(async () => {
      await house[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    });

    function kura(argv: readonly string[], language: 'en' | 'ja' = 'en') {
      return runCommand(identityCommands, argv, { handlers: identityRoutes(house.identity, '0'), language });
    }
    async function done(argv: readonly string[], language: 'en' | 'ja' = 'en'): Promise<string> {
      const { code, stdout, stderr } = await kura(argv, language);
      assert.equal(code, 0, stderr);
      return stdout;
    }

    it('create, show, change and remove accounts', async () => {
      const passwordFile = join(folder, 'password');
      await writeFile(passwordFile, `${passwordOf('mika')}\n`);
      const create = ['users', 'create', 'mika', '--role', 'editor', '--full-name', '田中美香'];
      assert.match(
        await done([...create, '--password-file', passwordFile]),
        /mika now has an account with the role editor/,
      );
      await house.logIn('mika');
      assert.match(await done(['users', 'list']), /mika\s+editor\s+田中美香\s+–\s+local\s+active/);
      assert.match(await done(['users', 'list'], 'ja'), /mika\s+editor\s+田中美香\s+–\s+local\s+有効/);
      assert.match(await done(['users', 'set-role', 'mika', 'operator']), /mika now has the role operator/);
      assert.match(await done(['users', 'disable', 'mika'], 'ja'), /mika を無効にしました/);
      assert.match(await done(['users', 'show', 'mika']), /disabled/);
      await done(['users', 'enable', 'mika']);
      await done(['users', 'unlock', 'mika']);
      const reset = await done(['users', 'reset-password', 'mika', '--base-url', 'https://kura.test/']);
      assert.match(reset, /https:\/\/kura\.test\/login#reset=[\w-]{43}/);
      assert.match(await done(['users', 'delete', 'mika', '--anonymise']), /listed as removed-/);
      assert.doesNotMatch(await done(['users', 'list']), /mika|田中/);
    });

    it('say in the language of the person what is refused', async () => {
      await done(['users', 'create', 'ada', '--role', 'admin']);
      const last = await kura(['users', 'disable', 'ada'], 'ja');
      assert.deepEqual([last.code, /有効な管理者はこのアカウントだけです/.test(last.stderr)], [1, true], last.stderr);
      const which = await kura(['sessions', 'revoke', '--user', 'ada'], 'ja');
      assert.match(which.stderr, /セッションの ID か --all/);
      const nobody = await kura(['users', 'show', 'nobody']);
      assert.match(nobody.stderr, /There is no account nobody/);
      const scopes = await kura(['keys', 'create', 'ci', '--user', 'ada', '--scope', 'users:manage']);
      assert.equal(scopes.code, 2);
    });

    it('invite and withdraw', async () => {
      assert.match(await done(['users', 'invite', '--role', 'viewer']), /role viewer:\n\s+\/login#invitation=/);
      const list = await done(['users', 'invitations']);
      const id = list.split(/\s/)[0] ?? '';
      assert.match(list, /viewer\s+–\s+test\s+\S+\s+open/);
      await done(['users', 'uninvite', id]);
      assert.match(await done(['users', 'invitations'], 'ja'), /取り消し済み/);
    });

    it('make, list, replace and revoke keys that work', async () => {
      await house.addUser('kei', 'viewer');
      const made = await done(['keys', 'create', 'nightly', '--user', 'kei', '--scope', 'read', '--days', '30']);
      const secret = /kura_[\w-]{43}/.exec(made)?.[0] ?? '';
      assert.equal((await house.ask(probePath('models:read'), { bearer: secret })).status, 200);
      const id = (await done(['keys', 'list', '--user', 'kei'])).split(/\s/)[0] ?? '';
      const rotated = await done(['keys', 'rotate', id, '--user', 'kei', '--overlap-hours', '0']);
      assert.notEqual(/kura_[\w-]{43}/.exec(rotated)?.[0], secret);
      assert.equal((await house.ask(probePath('models:read'), { bearer: secret })).status, 401);
      const fresh = (await done(['keys', 'list', '--user', 'kei'])).split(/\s/)[0] ?? '';
      await done(['keys', 'revoke', fresh, '--user', 'kei']);
      assert.match(await done(['keys', 'list', '--user', 'kei'], 'ja'), /失効/);
    });

    it('list and end sessions', async () => {
      const session = await house.logIn('kei');
      assert.match(await done(['sessions', 'list', '--user', 'kei']), /192\.0\.2\.10/);
      assert.match(await done(['sessions', 'revoke', '--all', '--user', 'kei']), /Sessions ended: 1/);
      assert.equal((await house.ask('/api/v1/users/me', { session })).status, 401);
    });

    it('make roles of one’s own', async () => {
      await done([
        'roles',
        'save',
        'curator',
        '--permission',
        'models:read',
        '--permission',
        'models:write',
        '--network',
        '10.0.0.0/8',
      ]);
      assert.match(
        await done(['roles', 'list']),
        /curator\s+0\s+10\.0\.0\.0\/8\s+account:self,account:factors,account:password,models:read,models:write/,
      );
      await done(['roles', 'save', 'curator', '--network', 'none']);
      assert.match(await done(['roles', 'list']), /curator\s+0\s+–/);
      await done(['roles', 'delete', 'curator']);
    });
  });
});
