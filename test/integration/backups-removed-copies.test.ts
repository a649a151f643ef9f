/** Copies that are taken out of their jobs: told before, on record afterwards, and nothing of theirs deleted. */
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { describe, it } from 'node:test';

import { copyLocksProbe } from '#backups';
import { testActor } from '#platform/unit-of-work/testing';
import { forEachDatabase } from '#stand-ins/databases';
import { hashOf, makeVault, never, openBackups, writeTree } from '../../src/domains/backups/testing/open-backups.ts';
import { eventPayloads } from '../../src/domains/backups/testing/read-events.ts';
import { createTestHome } from '../../src/domains/backups/testing/test-home.ts';

forEachDatabase((databases) => {
  describe('a copy that is taken out of its job', () => {
    it('is told with what is lost, leaves its history and its repository, and its name and place free', async () => {
      await using home = await createTestHome();
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path });
      const { backups } = open;
      const source = await writeTree(home.at('photos'), { 'a.txt': 'a picture' });
      const job = { key: 'photos', source, site: 'main', everyHours: 24, verifyEveryDays: 30 };
      await backups.protect(testActor, job);
      const [near, far] = [await makeVault(home.at('near')), await makeVault(home.at('far'))];
      const shared = { media: 'disk', offline: false, rotationDays: 30 } as const;
      await backups.addCopy(testActor, 'photos', { ...shared, name: 'near', repository: near, site: 'main' });
      const branch = { ...shared, name: 'far', repository: far, site: 'branch' };
      const { id } = await backups.addCopy(testActor, 'photos', branch);
      await backups.run(testActor, { job: 'photos', signal: never });
      const place = { job: 'photos', copy: 'far' };

      const foreseen = await backups.register.foreseeRemoval(place);
      assert.deepEqual([foreseen.lostDigits, foreseen.copiesLeft, foreseen.medium], [['offsite'], 1, null]);
      assert.ok(foreseen.newestHere !== null && foreseen.newestElsewhere !== null);
      assert.equal((await backups.register.read('photos')).copies.length, 2);

      await backups.register.hold(testActor, 'photos', 'a lawsuit');
      await assert.rejects(backups.register.removeCopy(testActor, place, 'sold'), { code: 'backups.job-held' });
      await backups.register.hold(testActor, 'photos', null);
      await backups.register.removeCopy(testActor, place, 'the branch was closed');

      assert.deepEqual(
        (await backups.register.read('photos')).copies.map(({ name }) => name),
        ['near'],
      );
      const { verdict } = await backups.jobStatus('photos');
      assert.equal(verdict.digits.offsite.state, 'fail');
      assert.deepEqual(await eventPayloads(open, 'backups.copy-removed'), [
        { job: 'photos', title: 'photos', copy: 'far', copyId: id },
      ]);
      const runs = await backups.runs({ job: 'photos', limit: 10 });
      assert.equal(runs.length, 2);
      assert.match(runs.find(({ copyId }) => copyId === id)?.copy ?? '', /^far removed \d{4}-\d\d-\d\d [0-9a-f]{6}$/);
      const holders = (await backups.protectionOf([hashOf('a picture')])).get(hashOf('a picture')) ?? [];
      assert.equal(holders.length, 1);
      assert.ok((await readdir(far)).includes('snapshots'));

      await backups.addCopy(testActor, 'photos', branch);
      await backups.run(testActor, { job: 'photos', copy: 'far', signal: never });
      assert.equal((await backups.jobStatus('photos')).verdict.digits.offsite.state, 'pass');
      await assert.rejects(backups.register.foreseeRemoval({ job: 'photos', copy: 'gone' }), {
        code: 'backups.copy-not-found',
      });
    });
  });
});

describe('the health of locks', () => {
  it('tells of a lock that ends within a fortnight, and of none that lasts', async () => {
    await using home = await createTestHome();
    const clock = { now: () => Date.parse('2026-11-22T00:00:00Z'), monotonic: () => performance.now() };
    await using open = await openBackups({ url: `sqlite:${home.at('kura.db')}`, home: home.path, clock });
    const source = await writeTree(home.at('photos'), { 'a.txt': 'a picture' });
    const job = { key: 'photos', source, site: 'main', everyHours: 24, verifyEveryDays: 30 };
    await open.backups.protect(testActor, job);
    const copy = { media: 'disk', site: 'main', offline: false, rotationDays: 30 } as const;
    const repository = await makeVault(home.at('vault'));
    const lockedUntil = '2027-11-22T00:00:00.000Z';
    await open.backups.addCopy(testActor, 'photos', { ...copy, name: 'locked', repository, lockedUntil });
    const probe = copyLocksProbe({ database: open.database, clock });
    assert.equal((await probe.run(never)).state, 'ok');
    const soon = { lockedUntil: '2026-12-01T00:00:00.000Z' };
    await open.backups.register.changeCopy(testActor, { job: 'photos', copy: 'locked' }, soon);
    assert.deepEqual(await probe.run(never), {
      state: 'degraded',
      detail: 'photos/locked until 2026-12-01T00:00:00.000Z',
    });
  });
});
