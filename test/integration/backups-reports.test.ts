import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { asyncProperty, assert as check, constantFrom, shuffledSubarray } from 'fast-check';

import type { NewReport, ReportedTool } from '#backups/contract';
import { HOUR, MINUTE } from '#kernel/units';
import { testActor } from '#platform/unit-of-work/testing';
import { forEachDatabase } from '#stand-ins/databases';
import { type OpenBackups, openBackups } from '../../src/domains/backups/testing/open-backups.ts';
import { eventPayloads } from '../../src/domains/backups/testing/read-events.ts';
import { createTestHome } from '../../src/domains/backups/testing/test-home.ts';

const anybody = { actor: testActor, boundTo: [] } as const;
const gigabyte = 1_000_000_000;
const driver = fileURLToPath(new URL('../../src/domains/backups/testing/report-driver.ts', import.meta.url));

/** A server elsewhere that Veeam backs up to three places of its own. */
async function registerElsewhere({ backups }: OpenBackups, key: string, tools: readonly ReportedTool[] = ['veeam']) {
  const job = { key, source: 'VM sql01', target: 'hyperv1', site: 'tokyo', everyHours: 24, verifyEveryDays: 30 };
  await backups.protect(testActor, job);
  for (const [index, tool] of tools.entries()) {
    await backups.addCopy(testActor, key, {
      name: `${tool}-${index}`,
      repository: `\\\\nas${index}\\${tool}`,
      engine: 'reported',
      tool,
      site: index === 0 ? 'tokyo' : 'osaka',
      media: index === 1 ? 'cloud' : 'disk',
      offline: false,
      rotationDays: 30,
    });
  }
}

function reported(changes: Partial<NewReport> = {}): NewReport {
  const times = { startedAt: '2026-11-20T18:00:00Z', endedAt: '2026-11-20T18:30:00Z' };
  return { job: 'sql', run: 'session-1', tool: 'veeam', result: 'success', bytes: 1000, ...times, ...changes };
}

async function newestOf({ backups }: OpenBackups, job: string) {
  const { lastRun, lastGoodRun } = (await backups.jobStatus(job)).facts.copies[0] ?? {};
  return [lastRun?.result, lastRun?.endedAt, lastGoodRun?.endedAt];
}

forEachDatabase((databases) => {
  describe('reports of other programs', () => {
    it('count once, however often and in whatever zone they are told; another story is refused', async () => {
      await using home = await createTestHome();
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path });
      await registerElsewhere(open, 'sql');
      const { reports } = open.backups;
      const first = await reports.report(anybody, reported());
      assert.equal(first.state, 'recorded');
      const inTokyo = reported({ startedAt: '2026-11-21T03:00:00+09:00', endedAt: '2026-11-21T03:30:00.000+09:00' });
      const again = await reports.report(anybody, inTokyo);
      assert.deepEqual([again.state, again.parts[0]?.runId], ['repeated', first.parts[0]?.runId]);
      await assert.rejects(reports.report(anybody, reported({ bytes: 1001 })), {
        kind: 'conflict',
        code: 'backups.report-conflict',
      });
      const [run, ...others] = await open.backups.runs({ limit: 10 });
      assert.deepEqual([run?.bytes, run?.result, run?.snapshot, others.length], [1000, 'success', null, 0]);
      const told = await reports.reportOf(run?.id ?? '');
      assert.deepEqual([told.tool, told.run], ['veeam', 'session-1']);
    });

    it('are answered one by one in a batch: a bad one keeps no other out', async () => {
      await using home = await createTestHome();
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path });
      await registerElsewhere(open, 'sql');
      const tomorrow = new Date(Date.now() + 24 * HOUR).toISOString();
      const answers = await open.backups.reports.reportMany({ actor: testActor, boundTo: ['sql', 'unknown'] }, [
        { ...reported() },
        { ...reported() },
        { ...reported({ result: 'failed' }) },
        { ...reported({ run: 'session-2', endedAt: tomorrow }) },
        { ...reported({ run: 'session-3', endedAt: '2026-11-20T17:00:00Z' }) },
        { ...reported({ run: 'session-4', endedAt: '2026-11-20 18:30' }) },
        { ...reported({ run: 'session-5', job: 'others' }) },
        { ...reported({ run: 'session-6', job: 'unknown' }) },
        { ...reported({ run: 'session-7', host: 'no\0text' }) },
        { ...reported({ run: 'session-8', message: 'no\0text', log: 'half \ud83d' }) },
      ]);
      assert.deepEqual(
        answers.map(({ state, parts }) => [state, parts[0]?.reason?.code]),
        [
          ['recorded', undefined],
          ['repeated', undefined],
          ['conflict', 'backups.report-conflict'],
          ['refused', 'backups.report-future'],
          ['refused', 'backups.report-backwards'],
          ['refused', 'backups.report-not-understood'],
          ['refused', 'backups.report-not-yours'],
          ['unclaimed', 'backups.report-job-unknown'],
          ['refused', 'backups.report-not-understood'],
          ['recorded', undefined],
        ],
      );
    });

    it('never make a newer state older, and tell nothing when they are late', async () => {
      await using home = await createTestHome();
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path });
      await registerElsewhere(open, 'sql');
      const { reports } = open.backups;
      await reports.report(anybody, reported());
      const before = { startedAt: '2026-11-19T18:00:00Z', endedAt: '2026-11-19T18:30:00Z' };
      await reports.report(anybody, reported({ ...before, run: 'session-0', result: 'failed', message: 'no space' }));
      const good = '2026-11-20T18:30:00.000Z';
      assert.deepEqual(await newestOf(open, 'sql'), ['success', good, good]);
      assert.deepEqual(await eventPayloads(open, 'backups.run-failed'), []);
      assert.deepEqual(
        (await open.backups.runs({ limit: 10 })).map(({ result }) => result),
        ['success', 'failed'],
        'in the order of their own times',
      );
      await reports.report(
        anybody,
        reported({
          run: 'session-2',
          result: 'warning',
          endedAt: '2026-11-21T18:00:00Z',
          warnings: ['one disk skipped'],
        }),
      );
      assert.deepEqual(await newestOf(open, 'sql'), [
        'partial',
        '2026-11-21T18:00:00.000Z',
        '2026-11-21T18:00:00.000Z',
      ]);
    });

    it('of one run that made several copies are several runs, and never prove that anything can be restored', async () => {
      await using home = await createTestHome();
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path });
      await registerElsewhere(open, 'sql', ['veeam', 'rclone', 'aomei']);
      const now = new Date().toISOString();
      const copies = [
        { copy: 'veeam-0', result: 'success' },
        { copy: 'rclone-1', result: 'success', bytes: 900 },
        { copy: 'aomei-2', result: 'success' },
      ] as const;
      await open.backups.reports.report(anybody, reported({ startedAt: now, endedAt: now, copies: [...copies] }));
      const { verdict } = await open.backups.jobStatus('sql');
      const { digits } = verdict;
      assert.deepEqual(
        [digits.copies.state, digits.media.state, digits.offsite.state, digits.offline.state],
        ['pass', 'pass', 'pass', 'fail'],
      );
      assert.notEqual(digits.errors.state, 'pass');
      assert.deepEqual(
        (await open.backups.runs({ job: 'sql', copy: 'rclone-1', limit: 5 })).map(({ bytes }) => bytes),
        [900],
      );
    });

    it('of jobs nobody registered wait until they are assigned, and then go straight to the copy', async () => {
      await using home = await createTestHome();
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path });
      const { reports } = open.backups;
      const nightly = { job: 'Nightly SQL (Hyper-V)', host: 'hyperv1' };
      await reports.report(anybody, reported(nightly));
      await reports.report(
        anybody,
        reported({ ...nightly, run: 'session-2', result: 'failed', endedAt: '2026-11-21T19:00:00Z' }),
      );
      const [waiting] = await reports.unclaimed(10);
      assert.deepEqual(
        [waiting?.name, waiting?.count, waiting?.hosts, waiting?.lastResult],
        [nightly.job, 2, ['hyperv1'], 'failed'],
      );
      await registerElsewhere(open, 'sql');
      const claim = { tool: 'veeam', name: nightly.job, copy: null } as const;
      const to = { job: 'sql', copy: 'veeam-0' };
      assert.deepEqual(await reports.assign(testActor, claim, to), { recorded: 2, repeated: 0 });
      assert.deepEqual(await reports.unclaimed(10), []);
      assert.equal((await newestOf(open, 'sql'))[0], 'failed');
      const next = await reports.report(
        anybody,
        reported({ ...nightly, run: 'session-3', endedAt: '2026-11-21T20:00:00Z' }),
      );
      assert.deepEqual([next.state, next.parts[0]?.job?.key], ['recorded', 'sql']);
      await assert.rejects(reports.assign(testActor, claim, to), { code: 'backups.nothing-unclaimed' });

      await reports.report(anybody, reported({ ...nightly, job: '夜間', copy: 'tape', result: 'failed' }));
      const night = { tool: 'veeam', name: '夜間', media: 'tape' } as const;
      const adopted = await reports.adopt(testActor, { ...night, copy: 'tape' });
      assert.deepEqual(adopted, { job: 'veeam', copy: 'tape', recorded: 1, repeated: 0 });
      const { job, copies } = (await open.backups.jobStatus('veeam')).facts;
      assert.deepEqual(
        [job.title, job.target, copies[0]?.copy.site, copies[0]?.copy.media],
        ['夜間', 'hyperv1', 'main', 'tape'],
      );
      await reports.report(anybody, reported({ ...nightly, job: '夜間', copy: 'disk', run: 'session-2' }));
      const second = await reports.adopt(testActor, { ...night, copy: 'disk', media: 'disk' });
      assert.deepEqual(
        [second.job, second.copy, second.recorded],
        ['veeam', 'disk', 1],
        'another copy of the same job',
      );
      await assert.rejects(reports.adopt(testActor, { ...night, copy: 'disk' }), { code: 'backups.nothing-unclaimed' });

      await reports.report(anybody, reported({ job: 'toy' }));
      assert.equal(await reports.dismiss(testActor, { tool: 'veeam', name: 'toy', copy: null }, true), 1);
      assert.equal((await reports.report(anybody, reported({ job: 'toy', run: 'session-9' }))).state, 'ignored');
      assert.deepEqual(await reports.unclaimed(10), []);
      const names = (await reports.names(10)).map(({ name, copy, place }) => `${name} ${copy} ${place?.copy}`);
      assert.deepEqual(names.toSorted(), [
        `${nightly.job} null veeam-0`,
        'toy null undefined',
        '夜間 disk disk',
        '夜間 tape tape',
      ]);
      const toy = { tool: 'veeam', name: 'toy', copy: null } as const;
      await reports.forgetName(testActor, toy);
      await assert.rejects(reports.forgetName(testActor, toy), { code: 'backups.name-unknown' });
      assert.equal((await reports.report(anybody, reported({ job: 'toy', run: 'session-10' }))).state, 'unclaimed');
      assert.deepEqual(
        (await eventPayloads(open, 'backups.report-unclaimed')).map(({ key }) => key),
        [`veeam/${nightly.job}`, `veeam/${nightly.job}`, 'veeam/夜間', 'veeam/夜間', 'veeam/toy', 'veeam/toy'],
      );
    });

    it('that come at once share transactions and are all there', async () => {
      await using home = await createTestHome();
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path });
      await registerElsewhere(open, 'sql');
      const answers = await Promise.all(
        Array.from({ length: 100 }, (_, index) =>
          open.backups.reports.report(anybody, reported({ run: `s${index % 50}` })),
        ),
      );
      const states = Map.groupBy(answers, ({ state }) => state);
      assert.deepEqual([states.get('recorded')?.length, states.get('repeated')?.length], [50, 50]);
      assert.equal((await open.backups.runs({ limit: 200 })).length, 50);
    });

    it('in any order and number end in the same state', async () => {
      await using home = await createTestHome();
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path });
      const set = Array.from({ length: 6 }, (_, day) =>
        reported({
          run: `day-${day}`,
          result: (['success', 'failed', 'warning'] as const)[day % 3] ?? 'success',
          // Two of them end at the same moment.
          startedAt: `2026-11-1${Math.min(day, 4)}T00:00:00Z`,
          endedAt: `2026-11-1${Math.min(day, 4)}T01:00:00Z`,
          bytes: day * 1000,
        }),
      );
      let job = 0;
      async function stateAfter(told: readonly NewReport[], together: boolean): Promise<unknown> {
        job += 1;
        const key = `job-${job}`;
        await registerElsewhere(open, key);
        const some = told.map((report) => ({ ...report, job: key }));
        if (together) await open.backups.reports.reportMany(anybody, some);
        else for (const report of some) await open.backups.reports.report(anybody, report);
        const { facts, verdict } = await open.backups.jobStatus(key);
        const runs = await open.backups.runs({ job: key, limit: 20 });
        const rows = runs
          .map(({ result, endedAt, bytes }) => ({ result, endedAt, bytes }))
          .toSorted((a, b) => a.bytes - b.bytes);
        const lastRun = facts.copies[0]?.lastRun;
        return {
          told: rows,
          ended: lastRun?.endedAt,
          good: facts.copies[0]?.lastGoodRun?.endedAt,
          status: verdict.status,
        };
      }
      const expected = await stateAfter(set, true);
      await check(
        asyncProperty(
          shuffledSubarray(set, { minLength: set.length }),
          shuffledSubarray(set),
          constantFrom(true, false),
          async (order, repeated, together) => {
            assert.deepEqual(await stateAfter([...order, ...repeated], together), expected);
          },
        ),
        { numRuns: 4 },
      );
    });
  });

  describe('runs that do not come', () => {
    it('are missed once, seen in events, and arrive with the next report', async () => {
      await using home = await createTestHome();
      let now = Date.parse('2026-11-20T20:00:00Z');
      const clock = { now: () => now, monotonic: () => now };
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path, clock });
      await registerElsewhere(open, 'sql');
      const { reports } = open.backups;
      await reports.report(anybody, reported());
      await reports.expect(testActor, 'sql', { cron: '0 18 * * *', zone: 'UTC', graceMinutes: 90, skipHolidays: null });
      const { awaited } = await reports.expectation('sql');
      assert.deepEqual(
        awaited.map(({ by }) => by),
        ['2026-11-21T19:30:00.000Z'],
      );
      now = Date.parse('2026-11-21T19:29:00Z');
      await reports.watch(testActor);
      assert.deepEqual(await eventPayloads(open, 'backups.run-missed'), []);
      now += 2 * MINUTE;
      await reports.watch(testActor);
      await reports.watch(testActor);
      const missed = await eventPayloads(open, 'backups.run-missed');
      assert.deepEqual(
        missed.map(({ job, due }) => [job, due]),
        [['sql', '2026-11-21T19:30:00.000Z']],
      );

      const { facts } = await open.backups.jobStatus('sql');
      assert.equal(facts.missed.get(facts.copies[0]?.copy.id ?? ''), '2026-11-21T19:30:00.000Z');

      now += HOUR;
      const late = { run: 'session-2', startedAt: '2026-11-21T18:00:00Z', endedAt: '2026-11-21T20:00:00Z' };
      await reports.report(anybody, reported(late));
      assert.equal((await eventPayloads(open, 'backups.run-arrived')).length, 1);
      await reports.watch(testActor);
      assert.equal((await eventPayloads(open, 'backups.run-missed')).length, 1);
      now += 48 * HOUR;
      await reports.watch(testActor);
      await open.backups.register.change(testActor, 'sql', { active: false });
      await reports.watch(testActor);
      const counts = [
        await eventPayloads(open, 'backups.run-missed'),
        await eventPayloads(open, 'backups.run-arrived'),
      ];
      assert.deepEqual(
        counts.map(({ length }) => length),
        [2, 2],
        'nothing is expected of a job that is paused',
      );
      await assert.rejects(
        reports.expect(testActor, 'sql', { cron: 'x y z a b', zone: 'UTC', graceMinutes: null, skipHolidays: null }),
        {
          code: 'schedule.bad-timing',
        },
      );
    });

    it('are told apart from a reporter that fell silent', async () => {
      await using home = await createTestHome();
      let now = Date.parse('2026-11-20T20:00:00Z');
      const clock = { now: () => now, monotonic: () => now };
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path, clock });
      const { reports } = open.backups;
      const beat = { reporter: 'hyperv1/veeam', tool: 'veeam', host: 'hyperv1', everyMinutes: 10, waiting: 0 } as const;
      await reports.heartbeat(testActor, beat);
      now += 31 * MINUTE;
      await reports.watch(testActor);
      await reports.watch(testActor);
      assert.equal((await eventPayloads(open, 'backups.reporter-silent')).length, 1);
      assert.equal((await reports.reporters())[0]?.silentSince, '2026-11-20T20:30:00.000Z');
      await reports.heartbeat(testActor, { ...beat, waiting: 3 });
      assert.deepEqual((await eventPayloads(open, 'backups.reporter-back')).length, 1);
      const [back] = await reports.reporters();
      assert.deepEqual([back?.silentSince, back?.waiting], [null, 3]);
      await reports.forget(testActor, 'hyperv1/veeam');
      assert.deepEqual(await reports.reporters(), []);
    });

    it('and runs that are unlike all before are two different things', async () => {
      await using home = await createTestHome();
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path });
      await registerElsewhere(open, 'sql');
      const days = Array.from({ length: 6 }, (_, day) => ({
        ...reported({
          run: `day-${day}`,
          startedAt: `2026-11-1${day}T00:00:00Z`,
          endedAt: `2026-11-1${day}T00:30:00Z`,
          bytes: (day === 5 ? 1 : 10) * gigabyte,
        }),
      }));
      for (const day of days) await open.backups.reports.report(anybody, day);
      const unusual = await eventPayloads(open, 'backups.run-unusual');
      assert.deepEqual(
        unusual.map(({ what, value, usual }) => [what, value, usual]),
        [['size', gigabyte, 10 * gigabyte]],
      );
    });
  });

  describe('what was answered', () => {
    it('outlives kill -9', async () => {
      await using home = await createTestHome();
      const url = await databases.freshUrl();
      {
        await using open = await openBackups({ url, home: home.path });
        await registerElsewhere(open, 'sql', ['other']);
      }
      const child = spawn(process.execPath, [driver, url, home.path, 'sql'], { stdio: ['ignore', 'pipe', 'inherit'] });
      const exited = once(child, 'exit');
      const acknowledged: string[] = [];
      for await (const line of createInterface({ input: child.stdout })) {
        acknowledged.push(line);
        if (acknowledged.length === 200) child.kill('SIGKILL');
      }
      await exited;
      await using open = await openBackups({ url, home: home.path });
      const at = '2026-11-01T00:00:00Z';
      const again = acknowledged.map((run) => ({
        job: 'sql',
        run,
        tool: 'other',
        result: 'success',
        startedAt: at,
        endedAt: at,
      }));
      const lost: string[] = [];
      for (let from = 0; from < again.length; from += 500) {
        const answers = await open.backups.reports.reportMany(anybody, again.slice(from, from + 500));
        lost.push(...answers.flatMap(({ state, run }) => (state === 'repeated' ? [] : [run])));
      }
      assert.ok(acknowledged.length >= 200);
      assert.deepEqual(lost, []);
    });
  });
});
