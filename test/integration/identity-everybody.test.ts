/** The sessions and keys of all accounts at once. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { DAY } from '#kernel/units';
import { forEachDatabase } from '#stand-ins/databases';

import { houseMigrations, openHouse, refusal } from './identity/identity-house.ts';
import { machineToken } from './over-http/asked.ts';

const owner = { bearer: machineToken } as const;

interface Listed {
  readonly id: string;
  readonly name: string;
  readonly current: boolean;
  readonly user: { readonly username: string } | null;
}

forEachDatabase((databases) => {
  async function open() {
    return openHouse(await databases.open(houseMigrations));
  }

  describe('of everybody', () => {
    it('the sessions are listed with whose they are, the owner’s without a name, finished ones not at all', async () => {
      await using house = await open();
      await house.addUser('ada', 'admin');
      await house.addUser('mika', 'viewer');
      const mika = await house.logIn('mika');
      await house.ask('/api/v1/session', { method: 'POST', body: { code: await house.identity.createLink() } });
      const ada = await house.logIn('ada');
      async function list(query = ''): Promise<{ items: readonly Listed[]; more: boolean }> {
        return (await house.ask(`/api/v1/sessions${query}`, { session: ada })).body;
      }
      const { items, more } = await list();
      assert.deepEqual(new Set(items.map(({ user }) => user?.username)), new Set(['ada', 'mika', undefined]));
      assert.equal(items.length, 3);
      assert.deepEqual(
        items.filter(({ current }) => current).map(({ user }) => user?.username),
        ['ada'],
      );
      assert.equal(more, false);
      assert.equal((await list('?limit=2')).more, true);
      const id = items.find(({ user }) => user?.username === 'mika')?.id ?? '';
      await house.ask(`/api/v1/users/mika/sessions/${id}`, { method: 'DELETE', session: ada });
      assert.equal((await house.ask('/api/v1/users/me', { session: mika })).status, 401);
      assert.equal((await list()).items.length, 2);
    });

    it('the keys are listed without their secrets, revoked and expired ones only when asked for', async () => {
      await using house = await open();
      await house.addUser('mika', 'editor');
      const keys = '/api/v1/users/mika/keys';
      function make(name: string, days: number) {
        return house.ask(keys, { method: 'POST', ...owner, body: { name, scopes: ['read'], days } });
      }
      const made = [await make('short', 1), await make('revoked', 30), await make('good', 30)];
      await house.ask(`${keys}/${made[1]?.body.key.id}`, { method: 'DELETE', ...owner });
      house.now += 2 * DAY;
      async function names(query = '') {
        const { body } = await house.ask(`/api/v1/keys${query}`, owner);
        for (const { body: one } of made) assert.ok(!JSON.stringify(body).includes(one.secret));
        return new Set(body.items.map(({ name, user }: Listed) => `${name} ${user?.username}`));
      }
      assert.deepEqual(await names(), new Set(['good mika']));
      assert.deepEqual(await names('?state=all'), new Set(['good mika', 'revoked mika', 'short mika']));
    });

    it('neither is told to who may not read accounts', async () => {
      await using house = await open();
      await house.addUser('mika', 'operator');
      const session = await house.logIn('mika');
      for (const path of ['/api/v1/sessions', '/api/v1/keys']) {
        assert.deepEqual(refusal(await house.ask(path, { session })), [403, 'access.permission-missing']);
      }
    });
  });
});
