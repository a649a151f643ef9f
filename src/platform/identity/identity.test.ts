import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { systemRandom } from '#kernel/clock';
import { HOUR, MINUTE } from '#kernel/units';
import type { Database } from '#platform/db';
import { forEachDatabase } from '#stand-ins/databases';

import { createIdentity, identityMigrations } from './index.ts';

forEachDatabase((databases) => {
  describe('identity', () => {
    let database: Database;
    let now = Date.UTC(2026, 10, 22);
    const clock = { now: () => now, monotonic: () => now };
    before(async () => {
      database = await databases.open([...identityMigrations]);
    });
    after(() => database[Symbol.asyncDispose]());

    function identity() {
      return createIdentity({ database, clock, random: systemRandom, adminToken: 'kura_right' });
    }

    it('accepts the admin token, refuses another, and knows nobody without credentials', async () => {
      const caller = await identity().authenticate({ bearer: 'kura_right', session: undefined });
      assert.equal(caller?.name, 'admin');
      await assert.rejects(identity().authenticate({ bearer: 'wrong', session: undefined }), /identity.bad-token/);
      assert.equal(await identity().authenticate({ bearer: undefined, session: undefined }), undefined);
    });

    it('logs a browser in once per link', async () => {
      const code = await identity().createLink();
      const { session } = await identity().openSession(code);
      assert.equal((await identity().authenticate({ bearer: undefined, session }))?.id, 'admin');
      await assert.rejects(identity().openSession(code), /identity.link-used/);
      await identity().closeSession(session);
      await assert.rejects(identity().authenticate({ bearer: undefined, session }), /identity.session-over/);
    });

    it('lets links and sessions run out: links after 30 minutes, sessions idle 60 minutes or 12 hours in all', async () => {
      const stale = await identity().createLink();
      now += 31 * MINUTE;
      await assert.rejects(identity().openSession(stale), /identity.link-used/);
      const { session } = await identity().openSession(await identity().createLink());
      for (let elapsed = 0; elapsed < 12 * HOUR - 50 * MINUTE; elapsed += 50 * MINUTE) {
        now += 50 * MINUTE;
        await identity().authenticate({ bearer: undefined, session });
      }
      now += 50 * MINUTE;
      await assert.rejects(identity().authenticate({ bearer: undefined, session }), /identity.session-over/);
      const idle = await identity().openSession(await identity().createLink());
      now += 61 * MINUTE;
      await assert.rejects(
        identity().authenticate({ bearer: undefined, session: idle.session }),
        /identity.session-over/,
      );
    });
  });
});
