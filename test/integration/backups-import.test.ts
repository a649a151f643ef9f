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

    it('comes back from what was written of it, as CSV and as JSON Lines', async () => {
      await using home = await createTestHome();
      await using first = await openBackups({ url: await databases.freshUrl(), home: home.path });
      const { register } = first.backups;
      const usual = { site: 'main', everyHours: 24, verifyEveryDays: 30 };
      const crm = { ...usual, key: 'crm', source: '=crm ', target: 'db-1', tags: ['a', 'b'], rpoMinutes: 90 };
      await first.backups.protect(testActor, { ...crm, description: " two\nlines, 'quoted' \"", owner: '佐藤' });
      await first.backups.protect(testActor, { ...usual, key: 'old', source: '/o', target: 'pc', owner: null });
      await register.change(testActor, 'crm', { active: false, pauseReason: 'moves' });
      await register.hold(testActor, 'crm', 'court');
      await register.archive(testActor, 'old', 'gone');
      for (const format of ['csv', 'json'] as const) {
        const query = { format, state: 'all', order: 'key', descending: false, limit: 100, offset: 0 } as const;
        const { text } = await register.export(query);
        await using second = await openBackups({ url: await databases.freshUrl(), home: home.path });
        const { register: other } = second.backups;
        const trial = await other.import(testActor, { format, text, dryRun: true });
        assert.deepEqual(
          [trial.applied, ...trial.rows.flatMap((row) => [row.outcome, ...row.problems])],
          [false, 'created', 'created'],
        );
        await other.import(testActor, { format, text, dryRun: false });
        assert.equal(withoutDates((await other.export(query)).text), withoutDates(text));
        const again = await other.import(testActor, { format, text, dryRun: false });
        assert.deepEqual(
          again.rows.map(({ outcome }) => outcome),
          ['unchanged', 'unchanged'],
        );
      }
      const torn = { format: 'csv', text: 'key,source\na,"/b', dryRun: true } as const;
      await assert.rejects(register.import(testActor, torn), { code: 'backups.import-unreadable' });
    });
  });
});

/** When it was registered and judged is of the house that did it. */
function withoutDates(text: string): string {
  return text.replaceAll(/"(?:createdAt|updatedAt|since|validUntil)":(?:"[^"]*"|null)/g, '""');
}
