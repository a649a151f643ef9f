import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { describe, it } from 'node:test';

import { backupsCommands, backupsJobHandlers, backupsMetrics, backupsRoutes } from '#backups';
import { listBackupJobs, startBackupRun, startVerification } from '#backups/contract';
import { systemClock } from '#kernel/clock';
import { callAsTester } from '#platform/http/testing';
import { startJobWorkers } from '#platform/jobs';
import { createMetrics } from '#platform/metrics';
import { forEachDatabase } from '#stand-ins/databases';

import { runCommand, translators } from '../../src/domains/backups/testing/command-runner.ts';
import { makeVault, type OpenBackups, openBackups, writeTree } from '../../src/domains/backups/testing/open-backups.ts';
import { createTestHome } from '../../src/domains/backups/testing/test-home.ts';

function handlersOf({ backups }: OpenBackups) {
  return backupsRoutes({ backups, clock: systemClock, translators });
}

function kura(open: OpenBackups, ...argv: readonly string[]) {
  return runCommand(backupsCommands, argv, { open: async () => open.backups, handlers: handlersOf(open) });
}

forEachDatabase((databases) => {
  describe('kura backups', () => {
    it('protects, adds copies, runs, verifies, tests a restore and explains the verdict in both languages', async () => {
      await using home = await createTestHome();
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path });
      await writeTree(home.at('source'), { 'a.txt': 'alpha' });
      await makeVault(home.at('disk'));
      await makeVault(home.at('far'));
      const protect = await kura(open, 'backups', 'protect', 'docs', '--source', home.at('source'), '--every', '12');
      assert.equal(protect.code, 0, protect.stderr);
      for (const [name, site, media] of [
        ['disk', 'main', 'disk'],
        ['far', 'osaka', 'cloud'],
      ] as const) {
        const where = ['--repo', home.at(name), '--site', site, '--media', media];
        const added = await kura(open, '--json', 'backups', 'add-copy', 'docs', ...where);
        assert.equal(added.code, 0, added.stderr);
        assert.equal(JSON.parse(added.stdout).name, name);
      }
      const run = await kura(open, '--json', 'backups', 'run');
      assert.equal(run.code, 0, run.stderr);
      assert.deepEqual(
        JSON.parse(run.stdout).jobs[0].runs.map(({ copy, result }: { copy: string; result: string }) => [copy, result]),
        [
          ['disk', 'success'],
          ['far', 'success'],
        ],
      );
      assert.equal((await kura(open, 'backups', 'verify', 'docs', '--read-data')).code, 0);
      assert.equal((await kura(open, 'backups', 'restore-test', 'docs')).code, 0);

      const status = JSON.parse((await kura(open, '--json', 'backups', 'status', 'docs')).stdout);
      const [job] = status.jobs;
      assert.equal(job.verdict, 'non_compliant');
      assert.deepEqual(
        Object.entries<{ verdict: string; evidence: string[] }>(job.digits).map(([name, digit]) => [
          name,
          digit.verdict,
          digit.evidence.join(),
        ]),
        [
          ['copies', 'fail', 'disk,far'],
          ['media', 'pass', 'disk,far'],
          ['offsite', 'pass', 'far'],
          ['offline', 'fail', ''],
          ['errors', 'pass', 'disk,far'],
        ],
      );
      assert.ok(job.digits.media.validUntil > status.evaluatedAt);
      assert.equal(job.digits.copies.remedy.code, 'rule32110.remedy-add-copy');

      const japanese = await kura(open, 'backups', 'status', '--lang', 'ja');
      assert.match(japanese.stdout, /不適合/);
      assert.match(japanese.stdout, /3 つのコピー\s+2\/3\s+disk, far/);
      const runs = await kura(open, 'backups', 'runs', 'docs');
      assert.match(runs.stdout, /docs\/disk: snapshot [0-9a-f]{12}, 1 files/);
      assert.match((await kura(open, 'backups', 'verifications')).stdout, /restore test passed: 1 checked/);
    });

    it('ends with 3 when only some copies worked, 1 when none did, and 5 when one is damaged', async () => {
      await using home = await createTestHome();
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path });
      await writeTree(home.at('source'), { 'a.txt': 'alpha' });
      await kura(open, 'backups', 'protect', 'docs', '--source', home.at('source'));
      for (const name of ['one', 'two']) {
        const where = ['--repo', await makeVault(home.at(name)), '--site', 'main', '--media', 'disk'];
        await kura(open, 'backups', 'add-copy', 'docs', ...where);
      }
      assert.equal((await kura(open, 'backups', 'run', 'docs')).code, 0);
      const config = await readFile(home.at('two', 'config'));
      for (const name of ['config', 'config.copy']) await writeFile(home.at('two', name), 'broken');
      const damaged = await kura(open, 'backups', 'verify', 'docs', '--read-data');
      assert.equal(damaged.code, 5, damaged.stdout);
      for (const name of ['config', 'config.copy']) await writeFile(home.at('two', name), config);
      await rm(home.at('one'), { recursive: true });
      const partly = await kura(open, 'backups', 'run', 'docs');
      assert.equal(partly.code, 3);
      assert.match(partly.stdout, /✖ docs\/one: failed\. The vault of copy one is not at /);
      await rm(home.at('two'), { recursive: true });
      assert.equal((await kura(open, 'backups', 'run', 'docs')).code, 1);
    });

    it('refuses what makes no sense, with advice', async () => {
      await using home = await createTestHome();
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path });
      await writeTree(home.at('source'), { 'a.txt': 'alpha' });
      assert.equal((await kura(open, 'backups', 'run')).code, 1);
      assert.equal((await kura(open, 'backups', 'protect', 'Bad Key', '--source', home.path)).code, 2);
      assert.equal((await kura(open, 'backups', 'protect', 'docs', '--source', home.at('none'))).code, 2);
      assert.equal((await kura(open, 'backups', 'protect', 'docs', '--source', home.at('source'))).code, 0);
      const twice = await kura(open, '--json', 'backups', 'protect', 'docs', '--source', home.at('source'));
      assert.equal(twice.code, 1);
      assert.equal(JSON.parse(twice.stdout).error.code, 'backups.job-exists');
      assert.equal((await kura(open, 'backups', 'run', 'docs')).code, 2);
      const where = ['--repo', home.at('source'), '--site', 'x', '--media', 'disk'];
      assert.match((await kura(open, 'backups', 'add-copy', 'docs', ...where)).stderr, /kura vault init/);
      assert.equal((await kura(open, 'backups', 'add-copy', 'docs', ...where.slice(0, 4), '--media', 'dsik')).code, 2);
      assert.equal((await kura(open, 'backups', 'status', 'nothing')).code, 1);
    });

    it('pauses a job: it is shown, but not counted and not run with the others', async () => {
      await using home = await createTestHome();
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path });
      await writeTree(home.at('source'), { 'a.txt': 'alpha' });
      await kura(open, 'backups', 'protect', 'docs', '--source', home.at('source'));
      await kura(open, 'backups', 'pause', 'docs');
      const { summary, jobs } = JSON.parse((await kura(open, '--json', 'backups', 'status')).stdout);
      assert.deepEqual([summary.total, summary.byStatus.paused, summary.ratePercent], [1, 1, null]);
      assert.equal(jobs[0].verdict, 'paused');
      assert.equal((await kura(open, 'backups', 'run')).code, 1);
      await kura(open, 'backups', 'resume', 'docs');
      assert.equal(
        JSON.parse((await kura(open, '--json', 'backups', 'status')).stdout).jobs[0].verdict,
        'non_compliant',
      );
    });

    it('runs and verifies through the queue', async () => {
      await using home = await createTestHome();
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path });
      await writeTree(home.at('source'), { 'a.txt': 'alpha' });
      await kura(open, 'backups', 'protect', 'docs', '--source', home.at('source'));
      const where = ['--repo', await makeVault(home.at('disk')), '--site', 'main', '--media', 'disk'];
      await kura(open, 'backups', 'add-copy', 'docs', ...where);
      const handlers = handlersOf(open);
      const { queued } = await callAsTester(handlers, startBackupRun, { params: { key: 'docs' } });
      assert.deepEqual(
        queued.map(({ copy }) => copy),
        ['disk'],
      );
      await using workers = startJobWorkers({
        queue: open.jobs,
        handled: backupsJobHandlers(open.backups, translators),
        clock: systemClock,
        worker: 'test',
        reportError: (error) => assert.fail(String(error)),
        pollMs: 20,
      });
      await ended(open, queued[0]?.jobId);
      assert.equal((await open.backups.runs({ limit: 1 }))[0]?.result, 'success');
      const verifying = await callAsTester(handlers, startVerification, {
        params: { key: 'docs' },
        body: { kind: 'restore' },
      });
      await ended(open, verifying.queued[0]?.jobId);
      assert.equal((await open.backups.verifications({ limit: 1 }))[0]?.result, 'passed');
      assert.equal(workers.running, 0);
    });
  });
});

describe('metrics of backups', () => {
  it('shows jobs that are in trouble to whoever scrapes', async () => {
    await using home = await createTestHome();
    await using open = await openBackups({ url: `sqlite:${home.at('kura.sqlite')}`, home: home.path });
    await writeTree(home.at('source'), { 'a.txt': 'alpha' });
    await kura(open, 'backups', 'protect', 'docs', '--source', home.at('source'));
    const metrics = createMetrics();
    backupsMetrics(metrics, open.backups);
    assert.match(await metrics.render(), /kura_backups_jobs_not_compliant 1/);
    assert.equal((await callAsTester(handlersOf(open), listBackupJobs)).items.length, 1);
  });
});

/** Waits until the job is done; one that went wrong fails the test with its error. */
async function ended({ jobs }: OpenBackups, id: string | undefined): Promise<void> {
  assert.ok(id);
  for (;;) {
    const job = await jobs.get(id);
    if (job?.status === 'done') return;
    assert.ok(job?.status === 'queued' || job?.status === 'running', JSON.stringify(job?.error));
    assert.equal(job.error, null, JSON.stringify(job.error));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
