import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { loadConfig } from '#platform/config';
import type { Database } from '#platform/db';
import type { Actor, AuditTables } from '#platform/unit-of-work';
import { createTestPlatform, writeMigrations } from '#platform/unit-of-work/testing';
import { forEachDatabase } from '#stand-ins/databases';

import { openSettings, settingsMigrations } from './index.ts';

const admin: Actor = { kind: 'user', id: 'admin', name: 'admin' };

forEachDatabase((databases) => {
  describe('settings', () => {
    let database: Database;
    before(async () => {
      database = await databases.open([...writeMigrations, ...settingsMigrations]);
    });
    after(() => database[Symbol.asyncDispose]());

    async function open(processName: string) {
      const platform = createTestPlatform(database, { pollMs: 20 });
      const environment = { KURA_LOG_LEVEL: 'warn' };
      function load(values: Readonly<Record<string, unknown>>) {
        return loadConfig({ home: '/nowhere', environment, settings: values });
      }
      return { events: platform.events, settings: await openSettings({ ...platform, load, processName }) };
    }

    it('take effect at once, survive, are heard of elsewhere, and are audited', async () => {
      const here = await open('here');
      const there = await open('there');
      await using _subscription = there.events.subscribe(there.settings.subscriber);
      const changed = await here.settings.change(admin, 'downloads.parallel', '5');
      assert.equal(changed.value, 5);
      assert.equal(here.settings.loaded().config.downloads.parallel, 5);
      // A subscriber hears what happens after it has begun, and nothing says when that is: so a change is made until it is heard.
      for (let round = 0; there.settings.loaded().config.downloads.parallel !== 5 && round < 100; round += 1) {
        await here.settings.change(admin, 'downloads.parallel', 5);
        await sleep(50);
      }
      assert.equal(there.settings.loaded().config.downloads.parallel, 5);
      assert.equal((await open('later')).settings.loaded().explain('downloads.parallel')?.origin, 'settings');
      const audited = await database
        .tables<AuditTables>()
        .selectFrom('audit_log')
        .select(['action', 'before', 'after'])
        .orderBy('position')
        .limit(1)
        .execute();
      assert.deepEqual(audited, [{ action: 'settings.change', before: '{"value":2}', after: '{"value":5}' }]);
    });

    it('go back to the default, and are taken along in a file: all or none, tried out first', async () => {
      const { settings } = await open('here');
      await settings.change(admin, 'downloads.parallel', 6);
      const file = settings.stored();
      assert.equal(file['downloads.parallel'], 6);
      const back = await settings.reset(admin, 'downloads.parallel');
      assert.deepEqual([back.value, back.origin], [2, 'default']);
      assert.equal(settings.stored()['downloads.parallel'], undefined);

      const tried = await settings.takeOver(admin, file, true);
      assert.deepEqual([tried.applied, tried.rows[0]?.outcome, back.value], [false, 'changed', 2]);
      const mixed = await settings.takeOver(admin, { ...file, port: 1, 'log.level': 'debug', nothing: 1 }, false);
      assert.deepEqual(
        mixed.rows.flatMap(({ error }) => error?.code ?? []),
        ['config.not-changeable', 'config.pinned', 'config.key-unknown'],
      );
      assert.equal(settings.loaded().config.downloads.parallel, 2, 'one refused, none taken');
      assert.equal((await settings.takeOver(admin, file, false)).applied, true);
      assert.equal(settings.loaded().config.downloads.parallel, 6);
      assert.equal((await settings.takeOver(admin, file, false)).rows[0]?.outcome, 'unchanged');
      await assert.rejects(settings.reset(admin, 'port'), /config.not-changeable/);
    });

    it('refuse what is unknown, fixed elsewhere, or needs a restart', async () => {
      const { settings } = await open('here');
      await assert.rejects(settings.change(admin, 'downloads.paralel', 3), /config.key-unknown.*downloads.parallel\?/);
      await assert.rejects(
        settings.change(admin, 'log.level', 'debug'),
        /config.pinned \(key: log.level, source: KURA_LOG_LEVEL\)/,
      );
      await assert.rejects(settings.change(admin, 'port', 1), /config.not-changeable/);
    });
  });
});
