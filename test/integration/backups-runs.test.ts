import assert from 'node:assert/strict';
import { appendFile, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import type { MediaKind } from '#backups/contract';
import { createLocalDiskStorage, initVault } from '#engines/vault';
import { testActor } from '#platform/unit-of-work/testing';
import { forEachDatabase } from '#stand-ins/databases';
import {
  hashOf,
  makeVault,
  never,
  type OpenBackups,
  openBackups,
  writeTree,
} from '../../src/domains/backups/testing/open-backups.ts';
import { eventNames } from '../../src/domains/backups/testing/read-events.ts';
import { createTestHome, type TestHome } from '../../src/domains/backups/testing/test-home.ts';

const job = { key: 'library', site: 'main', everyHours: 24, verifyEveryDays: 30 } as const;
const work = { job: 'library', signal: never } as const;

async function addCopy(
  { backups }: OpenBackups,
  repository: string,
  place: { readonly site: string; readonly media: MediaKind; readonly offline?: boolean },
) {
  return backups.addCopy(testActor, 'library', { offline: false, rotationDays: 30, ...place, repository });
}

/** A protected folder with a copy on a disk, one elsewhere, and one on a medium that is taken away. */
async function protectThreefold(open: OpenBackups, home: TestHome): Promise<string> {
  const source = await writeTree(home.at('source'), { 'a.bin': 'alpha'.repeat(5000), 'sub/b.txt': 'beta' });
  await open.backups.protect(testActor, { ...job, title: 'Model library', source });
  await addCopy(open, await makeVault(home.at('disk')), { site: 'Main', media: 'disk' });
  await addCopy(open, await makeVault(home.at('far')), { site: 'osaka', media: 'cloud' });
  await addCopy(open, await makeVault(home.at('tape')), { site: 'main', media: 'tape', offline: true });
  return source;
}

async function damageLargestObject(repository: string): Promise<void> {
  const entries = await readdir(repository, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && /packs|objects/.test(entry.parentPath));
  for (const { parentPath, name } of files) {
    const content = await readFile(join(parentPath, name));
    const middle = content.length >> 1;
    content[middle] = (content[middle] ?? 0) ^ 1;
    await writeFile(join(parentPath, name), content);
  }
}

forEachDatabase((databases) => {
  describe('backups', () => {
    it('become compliant step by step: run, take the medium away, verify', async () => {
      await using home = await createTestHome();
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path });
      const { backups } = open;
      await protectThreefold(open, home);
      assert.equal((await backups.jobStatus('library')).verdict.status, 'non_compliant');

      const { runs, skipped } = await backups.run(testActor, work);
      assert.deepEqual(
        runs.map(({ copy, result, files }) => [copy, result, files]),
        [
          ['disk', 'success', 2],
          ['far', 'success', 2],
          ['tape', 'success', 2],
        ],
      );
      assert.deepEqual(skipped, []);
      const connected = await backups.jobStatus('library');
      assert.equal(connected.verdict.digits.copies.state, 'pass');
      assert.deepEqual(connected.verdict.digits.offsite.evidence, ['far'], 'Main is main');
      assert.equal(connected.verdict.digits.offline.state, 'fail');

      await assert.rejects(
        backups.recordMedium(testActor, { job: 'library', copy: 'tape' }, 'stored'),
        /backups\.medium-connected/,
      );
      await rename(home.at('tape'), home.at('safe'));
      const away = await backups.jobStatus('library');
      assert.equal(away.verdict.digits.offline.state, 'unknown', 'nobody said where it went');
      await backups.recordMedium(testActor, { job: 'library', copy: 'tape' }, 'stored');
      const stored = await backups.jobStatus('library');
      assert.equal(stored.verdict.digits.offline.state, 'pass');
      assert.equal(stored.verdict.digits.errors.state, 'fail', 'nothing was verified');

      await rename(home.at('safe'), home.at('tape'));
      const { verifications } = await backups.verify(testActor, { ...work, kind: 'data' });
      assert.deepEqual(
        verifications.map(({ result }) => result),
        ['passed', 'passed', 'passed'],
      );
      await rename(home.at('tape'), home.at('safe'));
      await backups.recordMedium(testActor, { job: 'library', copy: 'tape' }, 'stored');
      const done = await backups.jobStatus('library');
      assert.equal(done.verdict.status, 'compliant', JSON.stringify(done.verdict));
      assert.equal(done.digitsValidUntil.copies, done.verdict.validUntil, 'the daily copies go stale first');
      assert.ok((done.digitsValidUntil.errors ?? '') > (done.digitsValidUntil.copies ?? ''));

      const again = await backups.run(testActor, work);
      assert.deepEqual(
        again.skipped.map(({ copy, reason }) => [copy, reason.code]),
        [['tape', 'backups.medium-away']],
      );
      assert.equal(again.runs[0]?.newBytes === undefined || again.runs[0].newBytes < 20_000, true);
    });

    it('is set up once by two processes that start together', async () => {
      await using home = await createTestHome();
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path });
      const wanted = { ...job, title: 'Model library', source: home.at('library') };
      const made = await Promise.all([1, 2, 3].map(() => open.backups.ensureJob(testActor, wanted)));
      assert.deepEqual(
        made.map(({ key, source }) => [key, source]),
        [1, 2, 3].map(() => ['library', wanted.source]),
      );
    });

    it('goes on with the other copies when one fails, and says why', async () => {
      await using home = await createTestHome();
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path });
      await protectThreefold(open, home);
      await rm(home.at('disk'), { recursive: true });
      const { runs } = await open.backups.run(testActor, work);
      assert.deepEqual(
        runs.map(({ copy, result, error }) => [copy, result, error?.code]),
        [
          ['disk', 'failed', 'backups.copy-unreachable'],
          ['far', 'success', undefined],
          ['tape', 'success', undefined],
        ],
      );
      const told = (await eventNames(open)).filter((name) => name !== 'backups.verdict-changed');
      assert.deepEqual(told, ['backups.run-failed', 'backups.run-finished', 'backups.run-finished']);
    });

    it('does not write to another medium in the place of the one it knows', async () => {
      await using home = await createTestHome();
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path });
      await protectThreefold(open, home);
      await rm(home.at('disk'), { recursive: true });
      await makeVault(home.at('disk'));
      const { runs } = await open.backups.run(testActor, { ...work, copy: 'disk' });
      assert.equal(runs[0]?.error?.code, 'backups.other-medium');
      assert.deepEqual(
        (await readdir(home.at('disk'))).filter((name) => name === 'snapshots'),
        [],
      );
    });

    it('takes a source that became empty for a mount that is missing', async () => {
      await using home = await createTestHome();
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path });
      const source = await protectThreefold(open, home);
      await open.backups.run(testActor, { ...work, copy: 'disk' });
      await rm(join(source, 'a.bin'));
      await rm(join(source, 'sub'), { recursive: true });
      const { runs } = await open.backups.run(testActor, { ...work, copy: 'disk' });
      assert.equal(runs[0]?.result, 'failed');
      assert.equal(runs[0].error?.code, 'backups.source-empty');
    });

    it('tells damage as a failed verification and does not forget it when only the structure is looked at', async () => {
      await using home = await createTestHome();
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path });
      await protectThreefold(open, home);
      await open.backups.run(testActor, work);
      await damageLargestObject(home.at('far'));
      const { verifications } = await open.backups.verify(testActor, { ...work, kind: 'data' });
      const failed = verifications.find(({ result }) => result === 'failed');
      assert.equal(failed?.copy, 'far');
      assert.ok(failed.errors > 0 && failed.findings.length > 0);
      await open.backups.verify(testActor, { ...work, kind: 'structure' });
      assert.ok((await eventNames(open)).includes('backups.verification-failed'));
      const { verdict } = await open.backups.jobStatus('library');
      assert.equal(verdict.digits.errors.state, 'fail');
      assert.equal(verdict.digits.errors.remedy?.code, 'rule32110.remedy-repair');
    });

    it('proves a restore by comparing every file, and leaves nothing behind', async () => {
      await using home = await createTestHome();
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path });
      await protectThreefold(open, home);
      await open.backups.run(testActor, work);
      const { verifications } = await open.backups.verify(testActor, { ...work, kind: 'restore', copy: 'disk' });
      const [test] = verifications;
      assert.equal(test?.result, 'passed');
      assert.equal(test.objects, 2);
      assert.match(test.snapshot ?? '', /^[0-9a-f]{64}$/);
      assert.deepEqual(await readdir(home.at('scratch')), []);

      await damageLargestObject(home.at('disk'));
      const damaged = await open.backups.verify(testActor, { ...work, kind: 'restore', copy: 'disk' });
      assert.equal(damaged.verifications[0]?.result, 'failed');
      assert.deepEqual(await readdir(home.at('scratch')), []);
    });

    it('brings a file back by its hash from the first copy that still has it, and says who holds what', async () => {
      await using home = await createTestHome();
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path });
      const { backups } = open;
      await protectThreefold(open, home);
      const wanted = hashOf('alpha'.repeat(5000));
      assert.deepEqual((await backups.protectionOf([wanted])).get(wanted), []);
      await backups.run(testActor, work);
      await backups.verify(testActor, { ...work, kind: 'data', copy: 'far' });
      const protection = (await backups.protectionOf([wanted])).get(wanted) ?? [];
      assert.deepEqual(
        new Map(protection.map(({ copy, verifiedAt }) => [copy, verifiedAt !== null])),
        new Map([
          ['disk', false],
          ['far', true],
          ['tape', false],
        ]),
      );
      await damageLargestObject(home.at('disk'));
      const target = home.at('back.bin');
      const from = await backups.recoverFile({ sha256: wanted, target, signal: never });
      assert.equal(from?.copy, 'far');
      assert.equal(hashOf(await readFile(target)), wanted);
      assert.equal(await backups.recoverFile({ sha256: hashOf('other'), target, signal: never }), undefined);
    });

    it('stores the path of a passphrase, never the passphrase', async () => {
      await using home = await createTestHome();
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path });
      const source = await writeTree(home.at('source'), { a: 'a' });
      await open.backups.protect(testActor, { ...job, source });
      const secret = 'nobody may find this';
      await writeFile(home.at('key'), secret);
      await initVault({
        storage: createLocalDiskStorage({ folder: home.at('locked') }),
        encryption: 'aes256',
        passphrase: secret,
        scryptCost: 1 << 10,
      });
      const copy = {
        repository: home.at('locked'),
        site: 'main',
        media: 'disk',
        offline: false,
        rotationDays: 30,
      } as const;
      await assert.rejects(open.backups.addCopy(testActor, 'library', copy), /passphrase-missing/);
      const added = await open.backups.addCopy(testActor, 'library', { ...copy, passphraseFile: home.at('key') });
      assert.equal(added.encrypted, true);
      assert.equal((await open.backups.run(testActor, work)).runs[0]?.result, 'success');
      await assert.rejects(
        open.backups.addCopy(testActor, 'library', { ...copy, name: 'twin', passphraseFile: home.at('key') }),
        /backups\.copy-exists/,
      );
      await appendFile(home.at('key'), ' changed');
      const { runs } = await open.backups.run(testActor, work);
      assert.equal(runs[0]?.error?.code, 'vault.passphrase-wrong');
      assert.ok(!JSON.stringify(await open.backups.runs({ limit: 10 })).includes(secret));
    });

    it('tells a verdict that only time has changed, once', async () => {
      await using home = await createTestHome();
      const url = await databases.freshUrl();
      await using open = await openBackups({ url, home: home.path });
      await protectThreefold(open, home);
      await open.backups.run(testActor, work);
      await open.backups.verify(testActor, { ...work, kind: 'data' });
      const before = (await eventNames(open)).length;
      const clock = { now: () => Date.now() + 3 * 86_400_000, monotonic: () => performance.now() };
      await using later = await openBackups({ url, home: home.path, clock });
      await later.backups.sweep(testActor);
      await later.backups.sweep(testActor);
      const told = await eventNames(later);
      assert.deepEqual(told.slice(before), ['backups.verdict-changed']);
      const [verdict] = await later.backups.toldVerdicts();
      assert.equal(verdict?.digits.copies, 'fail');
    });
  });
});
