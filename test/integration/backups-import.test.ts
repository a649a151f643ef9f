/** Lists of jobs that bring programs, on real databases. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { testActor } from '#platform/unit-of-work/testing';
import { forEachDatabase } from '#stand-ins/databases';
import { type OpenBackups, openBackups } from '../../src/domains/backups/testing/open-backups.ts';
import { createTestHome } from '../../src/domains/backups/testing/test-home.ts';

async function outcomeOf({ backups }: OpenBackups, row: object): Promise<readonly string[]> {
  const text = JSON.stringify([row]);
  const { rows } = await backups.register.import(testActor, { format: 'json', text, dryRun: true });
  return rows.flatMap(({ outcome, problems }) => [outcome, ...problems.map(({ code }) => code)]);
}

forEachDatabase((databases) => {
  describe('a list of jobs', () => {
    it('does not change the program of a job', async () => {
      await using home = await createTestHome();
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path });
      const dump = { key: 'dump', source: 'command:dump', target: 'db-1', command: ['/usr/bin/dump'] };
      const row = { ...dump, site: 'main', everyHours: 24, verifyEveryDays: 30 };
      await open.backups.protect(testActor, row);
      assert.deepEqual(await outcomeOf(open, row), ['unchanged']);
      const refused = ['refused', 'backups.import-command'];
      assert.deepEqual(await outcomeOf(open, { ...row, command: ['/bin/sh'] }), refused);
      assert.deepEqual(await outcomeOf(open, { ...row, warnExitCodes: [3] }), refused);
    });
  });
});
