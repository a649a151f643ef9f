import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

import { KuraError } from '#kernel/errors';
import { testActor } from '#platform/unit-of-work/testing';
import { forEachDatabase } from '#stand-ins/databases';
import { makeVault, never, openBackups, writeTree } from '../../src/domains/backups/testing/open-backups.ts';
import { eventPayloads } from '../../src/domains/backups/testing/read-events.ts';
import { createTestHome } from '../../src/domains/backups/testing/test-home.ts';

const driver = fileURLToPath(new URL('../../src/domains/backups/testing/run-driver.ts', import.meta.url));
const files = 400;

/** Starts a backup and kills it as soon as it has stored something. */
async function runAndKill(url: string, home: string): Promise<void> {
  const child = spawn(process.execPath, [driver, url, home, 'library'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  await Promise.race([once(child.stdout, 'data'), exited]);
  assert.equal(child.exitCode, null, 'the backup was over before it could be killed');
  child.kill('SIGKILL');
  await exited;
}

forEachDatabase((databases) => {
  describe('a backup killed with kill -9', () => {
    it('is closed as interrupted at the next start, and the next run completes the copy', async () => {
      await using home = await createTestHome();
      const url = await databases.freshUrl();
      const content = Object.fromEntries(
        Array.from({ length: files }, (_, index) => [`f${index}.bin`, `${index} `.repeat(20_000)]),
      );
      const source = await writeTree(home.at('source'), content);
      {
        await using open = await openBackups({ url, home: home.path });
        const job = { key: 'library', source, site: 'main', everyHours: 24, verifyEveryDays: 30 };
        await open.backups.protect(testActor, job);
        const repository = await makeVault(home.at('disk'));
        const place = { site: 'main', media: 'disk', offline: false, rotationDays: 30 } as const;
        await open.backups.addCopy(testActor, 'library', { ...place, repository });
      }
      await runAndKill(url, home.path);

      await using open = await openBackups({ url, home: home.path });
      const [left] = await open.backups.runs({ limit: 10 });
      assert.equal(left?.result, 'running', 'nobody could close it');
      await open.backups.start(testActor);
      const [closed] = await open.backups.runs({ limit: 10 });
      assert.deepEqual([closed?.result, closed?.error?.code], ['interrupted', 'backups.run-died']);
      assert.equal((await open.backups.jobStatus('library')).facts.copies[0]?.lastRun, null);

      const { runs } = await open.backups.run(testActor, { job: 'library', signal: never });
      assert.deepEqual([runs[0]?.result, runs[0]?.files], ['success', files]);
      const { verifications } = await open.backups.verify(testActor, { job: 'library', kind: 'data', signal: never });
      assert.equal(verifications[0]?.result, 'passed');
    });

    it('is recorded as interrupted, without an alarm, when somebody stops it', async () => {
      await using home = await createTestHome();
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path });
      const source = await writeTree(home.at('source'), { 'a.bin': 'a'.repeat(1 << 20), 'b.bin': 'b'.repeat(1 << 20) });
      const job = { key: 'library', source, site: 'main', everyHours: 24, verifyEveryDays: 30 };
      await open.backups.protect(testActor, job);
      const repository = await makeVault(home.at('disk'));
      const place = { site: 'main', media: 'disk', offline: false, rotationDays: 30 } as const;
      await open.backups.addCopy(testActor, 'library', { ...place, repository });
      const stop = new AbortController();
      const stopped = open.backups.run(testActor, {
        job: 'library',
        signal: stop.signal,
        onProgress: () => stop.abort(new KuraError('interrupted', 'kernel.interrupted')),
      });
      await assert.rejects(stopped, /kernel\.interrupted/);
      const [run] = await open.backups.runs({ limit: 1 });
      assert.deepEqual([run?.result, run?.error?.code], ['interrupted', 'backups.run-stopped']);
      assert.deepEqual(await eventPayloads(open, 'backups.run-failed'), []);
    });

    it('leaves a run alone that another process is still working on', async () => {
      await using home = await createTestHome();
      const url = await databases.freshUrl();
      const source = await writeTree(home.at('source'), { 'a.bin': 'a'.repeat(1 << 20) });
      await using open = await openBackups({ url, home: home.path });
      const job = { key: 'library', source, site: 'main', everyHours: 24, verifyEveryDays: 30 };
      await open.backups.protect(testActor, job);
      const repository = await makeVault(home.at('disk'));
      const place = { site: 'main', media: 'disk', offline: false, rotationDays: 30 } as const;
      await open.backups.addCopy(testActor, 'library', { ...place, repository });
      await using other = await openBackups({ url, home: home.path });
      let swept: Promise<void> | undefined;
      const { runs } = await open.backups.run(testActor, {
        job: 'library',
        signal: never,
        onProgress: () => {
          swept ??= other.backups.sweep(testActor);
        },
      });
      await swept;
      assert.ok(swept !== undefined);
      assert.equal(runs[0]?.result, 'success');
    });

    it('leaves no restored files of a killed restore test behind', async () => {
      await using home = await createTestHome();
      const url = await databases.freshUrl();
      await using open = await openBackups({ url, home: home.path });
      const source = await writeTree(home.at('source'), { 'a.bin': 'a' });
      const job = { key: 'library', source, site: 'main', everyHours: 24, verifyEveryDays: 30 };
      await open.backups.protect(testActor, job);
      const repository = await makeVault(home.at('disk'));
      const place = { site: 'main', media: 'disk', offline: false, rotationDays: 30 } as const;
      const copy = await open.backups.addCopy(testActor, 'library', { ...place, repository });
      await open.backups.run(testActor, { job: 'library', signal: never });
      await mkdir(home.at('scratch', `restore-test-${copy.id}`, 'left'), { recursive: true });
      await open.backups.verify(testActor, { job: 'library', kind: 'restore', signal: never });
      assert.deepEqual(await readdir(home.at('scratch')), []);
    });
  });
});
