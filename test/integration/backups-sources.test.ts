/** Jobs whose source is a database or a program, and what is kept of runs of tools, on both databases. */
import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';

import type { BackupEngine } from '#backups/ports';
import { snapshotSqlite } from '#platform/db';
import { testActor } from '#platform/unit-of-work/testing';
import { forEachDatabase } from '#stand-ins/databases';

import { noEngines } from '../../src/domains/backups/testing/no-engines.ts';
import { makeVault, never, openBackups, writeTree } from '../../src/domains/backups/testing/open-backups.ts';
import { createTestHome } from '../../src/domains/backups/testing/test-home.ts';

const usual = { site: 'main', everyHours: 24, verifyEveryDays: 30 } as const;
const place = { site: 'main', media: 'disk', offline: false, rotationDays: 30 } as const;

/** A tool that could not read one file, and says the passphrase while it complains. */
const complaining: BackupEngine = {
  ...noEngines.restic,
  version: async () => '0.18.0',
  identify: async () => ({ id: 'the-repository', encrypted: true }),
  backUp: async ({ onLine, place: { passphrase } }) => {
    onLine(`opened with ${passphrase}; /data/secret.txt: permission denied`);
    return { snapshot: 'abc', files: 9, bytes: 900, newBytes: 90, problems: 1 };
  },
};

forEachDatabase((databases) => {
  describe('sources that are no folders', () => {
    it('are backed up to vaults: a database as one state, a program by its output and its exit code', async () => {
      await using home = await createTestHome();
      await using open = await openBackups({
        url: await databases.freshUrl(),
        home: home.path,
        sources: { copySqlite: snapshotSqlite },
        programs: ['/bin/sh'],
      });
      const { backups } = open;
      new DatabaseSync(home.at('app.db')).exec('create table t (x); insert into t values (1)');
      const vault = await makeVault(home.at('vault'));
      const jobs = [
        { key: 'app', source: `sqlite:${home.at('app.db')}` },
        {
          key: 'listing',
          source: 'command:listing',
          command: ['/bin/sh', '-c', 'echo hi; exit 3'],
          warnExitCodes: [3],
        },
        { key: 'broken', source: 'command:broken', command: ['/bin/sh', '-c', 'echo half; exit 1'] },
      ];
      for (const job of jobs) {
        await backups.protect(testActor, { ...usual, ...job });
        await backups.addCopy(testActor, job.key, { ...place, repository: vault });
      }
      const results = [];
      for (const { key } of jobs) {
        const { runs } = await backups.run(testActor, { job: key, signal: never });
        results.push([key, runs[0]?.result, runs[0]?.files, runs[0]?.error?.code]);
      }
      assert.deepEqual(results, [
        ['app', 'success', 1, undefined],
        ['listing', 'partial', 1, undefined],
        ['broken', 'failed', 0, 'backups.source-program-failed'],
      ]);
      const { verifications } = await backups.verify(testActor, { job: 'app', kind: 'restore', signal: never });
      assert.deepEqual(
        [verifications[0]?.result, verifications[0]?.bytes],
        ['passed', 8192],
        'its own newest snapshot',
      );
    });

    it('are refused where nobody allowed the program, where a password would be stored, and for tools', async () => {
      await using home = await createTestHome();
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path });
      const { backups } = open;
      const asks = [
        [{ source: 'command:id', command: ['/usr/bin/id'] }, 'backups.program-not-allowed'],
        [{ source: 'command:id' }, 'backups.source-words'],
        [{ source: 'postgres://me:pw@localhost/db' }, 'backups.source-password'],
        [{ source: 'sqlite:app.db' }, 'backups.path-not-absolute'],
      ] as const;
      for (const [ask, code] of asks) {
        const job = {
          ...usual,
          key: 'job',
          source: ask.source,
          ...('command' in ask ? { command: [...ask.command] } : {}),
        };
        await assert.rejects(backups.protect(testActor, job), { code });
      }
      await backups.protect(testActor, { ...usual, key: 'db', source: 'sqlite:/srv/app.db' });
      const copy = { ...place, repository: home.at('restic'), engine: 'restic' } as const;
      await assert.rejects(backups.addCopy(testActor, 'db', copy), { code: 'backups.engine-needs-folder' });
    });
  });

  it('a run of a tool that warned is partial, and keeps what the tool said without its secrets', async () => {
    await using home = await createTestHome();
    await using open = await openBackups({
      url: await databases.freshUrl(),
      home: home.path,
      passphrase: 'correct horse',
      engines: { ...noEngines, restic: complaining },
    });
    const { backups } = open;
    const source = await writeTree(home.at('source'), { 'a.txt': 'a' });
    await backups.protect(testActor, { ...usual, key: 'docs', source });
    const copy = { ...place, repository: home.at('restic'), engine: 'restic' } as const;
    const settings = { environment: ['LD_PRELOAD'], verifyParts: 4 };
    await assert.rejects(backups.addCopy(testActor, 'docs', { ...copy, engineSettings: settings }), {
      code: 'backups.engine-settings',
    });
    await backups.addCopy(testActor, 'docs', { ...copy, engineSettings: { ...settings, environment: [] } });
    const { runs } = await backups.run(testActor, { job: 'docs', signal: never });
    assert.deepEqual([runs[0]?.result, runs[0]?.files, runs[0]?.problems, runs[0]?.newBytes], ['partial', 9, 1, 90]);
    assert.deepEqual(await backups.tools.runLog(runs[0]?.id ?? ''), {
      runId: runs[0]?.id,
      tool: 'restic',
      version: '0.18.0',
      log: 'opened with ***; /data/secret.txt: permission denied',
    });
    const [job] = await backups.jobs();
    assert.equal(job?.copies[0]?.engineSettings['verifyParts'], 4);
    await assert.rejects(backups.tools.runLog('00000000-0000-4000-8000-000000000000'), {
      code: 'backups.run-log-none',
    });
  });
});
