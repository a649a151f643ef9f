/** Printed reports over seeded runs: what they count. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';

import * as contract from '#backups/contract';
import {
  auditKinds,
  documentKinds,
  documentPlanBodySchema,
  documentWishSchema,
  policyBodySchema,
} from '#backups/contract';
import { systemClock } from '#kernel/clock';
import { readCsv } from '#kernel/csv';
import { DAY } from '#kernel/units';
import { testActor } from '#platform/unit-of-work/testing';
import { forEachDatabase } from '#stand-ins/databases';
import { translators } from '../../src/domains/backups/testing/command-runner.ts';
import { type OpenBackups, openBackups } from '../../src/domains/backups/testing/open-backups.ts';
import { eventPayloads } from '../../src/domains/backups/testing/read-events.ts';
import { addPassedDrills } from '../../src/domains/backups/testing/seeded-drills.ts';
import { createTestHome } from '../../src/domains/backups/testing/test-home.ts';

const hostile = '<b>=顧客</b>';
const clock = { now: () => Date.parse('2026-11-03T01:00:00Z'), monotonic: () => systemClock.monotonic() };
const anybody = { actor: testActor, boundTo: [] } as const;

async function seed({ backups }: OpenBackups): Promise<void> {
  const plan = { site: 'tokyo', everyHours: 24, verifyEveryDays: 30 };
  await backups.protect(testActor, { key: 'crm', title: hostile, source: 'VM crm', target: 'hyperv', ...plan });
  const place = { site: 'tokyo', media: 'disk', offline: false, rotationDays: 30 } as const;
  await backups.addCopy(testActor, 'crm', {
    name: 'nas',
    repository: '\\\\nas\\crm',
    engine: 'reported',
    tool: 'veeam',
    ...place,
  });
  const run = { job: 'crm', tool: 'veeam', bytes: 1_000_000, newBytes: 1000 } as const;
  for (const [day, result] of [
    ['2026-09-30', 'success'],
    ['2026-10-01', 'success'],
    ['2026-10-02', 'failed'],
    ['2026-10-31', 'warning'],
    ['2026-11-01', 'success'],
  ] as const) {
    const times = { startedAt: `${day}T18:00:00Z`, endedAt: `${day}T18:30:00Z` };
    const message = result === 'failed' ? '=cmd()' : undefined;
    await backups.reports.report(anybody, { ...run, run: day, result, ...times, ...(message ? { message } : {}) });
  }
}

interface MissedRows {
  backup_missed_runs: { copy_id: string; due_at: string; missed_at: string; arrived_at: string | null };
}

async function missRuns({ database, backups }: OpenBackups, at: string): Promise<void> {
  const copies = (await backups.jobs()).flatMap((job) => job.copies);
  await database.transaction(async (tx) => {
    const rows = copies.map(({ id }) => ({ copy_id: id, due_at: at, missed_at: at, arrived_at: null }));
    await tx.tables<MissedRows>().insertInto('backup_missed_runs').values(rows).execute();
  });
}

/** One day with one outage, and two critical alerts. */
const observedHouse: NonNullable<Parameters<typeof openBackups>[0]['house']> = {
  async availability(from, to) {
    const seconds = {
      upSeconds: 85_680,
      degradedSeconds: 90,
      downSeconds: 720,
      stoppedSeconds: 0,
      unknownSeconds: 180,
    };
    const figures = { ...seconds, percent: 99.167, incidents: 1 };
    const outage = { from: '2026-10-01T02:00:00.000Z', until: null, seconds: 720, kind: 'failed' as const };
    return {
      zone: 'UTC',
      observedSince: '2026-09-01T00:00:00.000Z',
      observedUntil: '2026-10-31T23:59:00.000Z',
      targetPercent: 99.5,
      total: { from, to, ...figures },
      budget: { allowedSeconds: 432, usedSeconds: 720, leftSeconds: -288 },
      mttrSeconds: null,
      mtbfSeconds: 85_680,
      periods: [{ from, to: from, ...figures }],
      incidents: [{ ...outage, probes: ['disk', 'queue'], detail: 'full' }],
      incidentsCut: false,
    };
  },
  responses: async () => [
    {
      severity: 'critical',
      raised: 2,
      withinTarget: 1,
      targetMinutes: 15,
      medianMinutesToAcknowledge: 7.5,
      medianMinutesToResolve: null,
      p95MinutesToResolve: 30,
    },
  ],
};

function textOf({ content }: Made): string {
  return Buffer.from(content).toString('utf8');
}

type Made = Awaited<ReturnType<typeof make>>;

async function make({ backups }: OpenBackups, wish: object, language: 'en' | 'ja' = 'en') {
  const order = { wish: documentWishSchema.parse(wish), translator: translators[language] };
  const { document, content } = await backups.documents.make(testActor, order);
  return { ...document, content };
}

forEachDatabase((databases) => {
  describe('printed reports', () => {
    it('count the runs of the period, in each form alike, without markup or formulas of the data', async () => {
      await using home = await createTestHome();
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path, clock });
      await seed(open);
      const csv = await make(open, { kind: 'monthly', format: 'csv' });
      assert.equal(csv.name, 'kura-monthly-runs-2026-10-01_2026-10-31.csv');
      const [, row] = readCsv(textOf(csv));
      assert.deepEqual(row?.slice(0, 5), [hostile, '1', '1', '1', '3000']);

      const page = textOf(await make(open, { kind: 'monthly' }, 'ja'));
      assert.match(page, /月次バックアップレポート/);
      assert.match(page, /&lt;b&gt;=顧客/);
      assert.doesNotMatch(page, /<b>/);
      assert.match(page, /この期間に該当するものはありません/);

      const data = JSON.parse(textOf(await make(open, { kind: 'compliance', format: 'json' })));
      const rule = data.sections.find(({ title }: { title: string }) => title === 'The rule of 3-2-1-1-0');
      const table = rule.blocks.find(({ name }: { name?: string }) => name === 'verdicts');
      assert.equal(table.rows[0][0], hostile);
      assert.match(table.rows[0][2], /of 3 copies can be relied on/);

      const [head, judged] = readCsv(textOf(await make(open, { kind: 'compliance', format: 'csv' })));
      assert.equal(head?.[0], 'Job');
      assert.equal(judged?.[0], hostile);
      const [columns, ...none] = readCsv(textOf(await make(open, { kind: 'daily', format: 'csv', table: 'tests' })));
      assert.deepEqual([columns?.slice(0, 2), none], [['When', 'Job'], []]);

      const pdf = Buffer.from((await make(open, { kind: 'monthly', format: 'pdf' }, 'ja')).content);
      assert.match(pdf.toString('latin1'), /^%PDF[\s\S]*BIZUDPGothic/);

      // The same runs, held against targets of a policy.
      const asked = { keptPercent: 90, maxAgeHours: 48, maxRunMinutes: 20 };
      const policy = policyBodySchema.parse({ title: 'House', rules: asked });
      await open.backups.policies.put(testActor, 'house', policy);
      const [judged30] = (await open.backups.estate.serviceLevels({ days: 30 })).jobs;
      assert.deepEqual(
        [judged30?.targetPercent, judged30?.maxAgeHours, judged30?.p95Seconds, judged30?.maxRunSeconds],
        [90, 48, 1800, 1200],
      );
      await open.backups.estate.judgeTargets(testActor);
      const [told] = await eventPayloads(open, 'backups.targets-judged');
      assert.deepEqual(told, {
        missed: [{ job: 'crm', title: hostile, what: 'duration', value: 30, wanted: 20 }],
        kept: [],
      });
    });

    it('count what their lists leave out, and say that only when there is more', async () => {
      await using home = await createTestHome();
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path, clock });
      await seed(open);
      const wish = { kind: 'monthly', from: '2026-10-01', to: '2026-11-02', format: 'json' };
      const ofPeriod = { job: 'crm', at: '2026-10-05T00:00:00Z' };
      const cut = 'Only the newest 500 are shown.';
      await addPassedDrills(open, { ...ofPeriod, first: 0, count: 500 });
      assert.doesNotMatch(textOf(await make(open, wish)), new RegExp(cut));
      await addPassedDrills(open, { ...ofPeriod, first: 500, count: 3 });
      const data = JSON.parse(textOf(await make(open, wish)));
      const [summary] = data.sections.map(({ blocks }: { blocks: unknown[] }) => blocks[0]);
      const facts = new Map<string, { value: number }>(summary.facts);
      assert.equal(facts.get('Restore tests passed')?.value, 503);
      const tests = data.sections.flatMap(({ blocks }: { blocks: { name?: string }[] }) =>
        blocks.filter(({ name }) => name === 'tests'),
      );
      assert.deepEqual([tests[0].rows.length, tests[0].leftOut], [500, cut]);
    });

    it('tell how long Kura was there, when it was not, and how soon alerts were taken on', async () => {
      await using home = await createTestHome();
      const url = await databases.freshUrl();
      await using open = await openBackups({ url, home: home.path, clock, house: observedHouse });
      const tables = await Promise.all(
        [
          { kind: 'availability' },
          { kind: 'availability', table: 'outages' },
          { kind: 'service-levels', table: 'responses' },
        ].map(async (wish) => readCsv(textOf(await make(open, { ...wish, format: 'csv' })))[1]),
      );
      assert.deepEqual(tables, [
        ['2026-10-01', '99.167', '12', '1.5', '0', '3', '1'],
        ['10/01/2026, 02:00 AM UTC', 'lasts', '12', 'probes failed', 'disk, queue'],
        ['critical', '2', '1', '15', '7.5', '', '30'],
      ]);
      const data = JSON.parse(textOf(await make(open, { kind: 'availability', format: 'json' })));
      const facts = new Map<string, { value: number }>(data.sections[0].blocks[0].facts);
      assert.deepEqual(
        ['There, of the time that was observed', 'Left of that (min)', 'Mean time up between outages (h)'].map(
          (name) => facts.get(name)?.value,
        ),
        [99.167, -4.8, 23.8],
      );
    });

    it('of every kind can be made in both languages, with no word that is missing', async () => {
      await using home = await createTestHome();
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path, clock });
      await seed(open);
      for (const kind of documentKinds) {
        const job = kind === 'job' ? { job: 'crm' } : {};
        const format = kind === 'audit-pack' ? 'zip' : 'json';
        const languages = kind === 'audit-pack' ? (['ja'] as const) : (['en', 'ja'] as const);
        for (const language of languages) {
          const { content } = await make(open, { kind, format, ...job }, language);
          assert.ok(content.length > 0, kind);
        }
      }
      const ofOne = { kind: 'job', job: 'crm', format: 'csv', table: 'missed' };
      const plan = { site: 'tokyo', everyHours: 24, verifyEveryDays: 30 };
      await open.backups.protect(testActor, { key: 'web', source: '/srv', target: 'web-1', ...plan });
      const place = { site: 'tokyo', media: 'disk', offline: false, rotationDays: 30 } as const;
      await open.backups.addCopy(testActor, 'web', {
        repository: 'nas:web',
        engine: 'reported',
        tool: 'borg',
        ...place,
      });
      await missRuns(open, '2026-10-20T00:00:00.000Z');
      assert.deepEqual(
        readCsv(textOf(await make(open, ofOne)))
          .slice(1)
          .map(([title]) => title),
        [hostile],
        'of its own job alone',
      );
      await open.backups.register.archive(testActor, 'web', 'over');
      const controls = readCsv(textOf(await make(open, { kind: 'iso27001', format: 'csv' })));
      const paths = new Set(
        Object.values(contract).map((one) => (typeof one === 'object' && 'path' in one ? one.path : '')),
      );
      for (const [, , , source = ''] of controls.slice(1)) {
        const [, path = ''] = source.split(' ');
        if (path.startsWith('/api/v1/backups/')) assert.ok(paths.has(path), `${source} is a place to look`);
      }
      const said = new Map(controls.map(([control, _title, evidence]) => [control, evidence]));
      assert.match(said.get('A.8.24') ?? '', /Of 1 copies in use, 0 are encrypted/);
      assert.equal(said.get('A.7.14'), 'no data');
      await assert.rejects(make(open, { kind: 'monthly', format: 'zip' }), { code: 'backups.document-form' });
      await assert.rejects(make(open, { kind: 'daily', table: 'runs' }), { code: 'backups.document-table' });
      await assert.rejects(make(open, { kind: 'job' }), { code: 'backups.document-job' });
      await assert.rejects(make(open, { kind: 'job', job: 'nobody' }), { code: 'backups.job-not-found' });
    });

    it('are kept for their time, and remembered without their file', async () => {
      await using home = await createTestHome();
      const day = { now: clock.now() };
      const moving = { ...clock, now: () => day.now };
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path, clock: moving });
      const { documents } = open.backups;
      const first = await make(open, { kind: 'monthly' });
      await make(open, { kind: 'audit' });
      const read = await documents.read(testActor, first.id);
      assert.deepEqual(Buffer.from(read.content), Buffer.from(first.content));
      const seen = await documents.list({ limit: 10, without: auditKinds });
      assert.deepEqual(
        seen.map(({ id }) => id),
        [first.id],
      );
      day.now += 91 * DAY;
      assert.equal(await documents.sweep(testActor), 2);
      await assert.rejects(documents.read(testActor, first.id), { code: 'backups.document-removed' });
      const [remembered] = await documents.list({ limit: 10, without: auditKinds });
      assert.equal(remembered?.signature.sha256, first.signature.sha256);
    });

    it('are made by plan once per time, for the days before it, and handed to each once', async () => {
      await using home = await createTestHome();
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path, clock });
      const { documents } = open.backups;
      const body = documentPlanBodySchema.parse({
        kind: 'operations',
        every: 'weekly',
        at: '08:30',
        zone: 'Asia/Tokyo',
        to: ['mail:a@example.org', 'channel:ops'],
      });
      const plan = await documents.putPlan(testActor, { name: 'week', body, language: 'ja' });
      // The Monday after 3 November 2026, half past eight in Tokyo.
      assert.equal(plan.nextRun, '2026-11-08T23:30:00.000Z');
      const time = { id: randomUUID(), plan: 'week', translators };
      await documents.makePlanned(testActor, time);
      await documents.makePlanned(testActor, time);
      const made = await documents.list({ limit: 10, without: [] });
      assert.deepEqual(
        made.map(({ plan: name, from, to, language }) => [name, from, to, language]),
        [['week', '2026-10-26', '2026-11-01', 'ja']],
      );
      const handed: string[] = [];
      for (let round = 0; round < 2; round += 1) {
        await documents.deliver(testActor, time.id, async (_tx, { targets }) => {
          handed.push(...targets);
          return targets.map(() => ({ state: 'mailed', attached: true }));
        });
      }
      assert.deepEqual(handed, ['mail:a@example.org', 'channel:ops']);
      const bad = documentPlanBodySchema.parse({ kind: 'daily', every: 'daily', zone: 'Mars/Olympus' });
      await assert.rejects(documents.putPlan(testActor, { name: 'bad', body: bad, language: 'en' }), {
        code: 'schedule.bad-timing',
      });
    });
  });
});
