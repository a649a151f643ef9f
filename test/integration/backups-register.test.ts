/** The register, policies, schedules, storage providers and verdicts over time, on real databases and real folders. */
import assert from 'node:assert/strict';
import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { describe, it } from 'node:test';

import { z } from 'zod';

import {
  jobExportQuerySchema,
  jobQuerySchema,
  policyRulesSchema,
  providerBodySchema,
  scheduleBodySchema,
} from '#backups/contract';
import type { Clock } from '#kernel/clock';
import { readCsv } from '#kernel/csv';
import { DAY, HOUR, MINUTE } from '#kernel/units';
import { testActor } from '#platform/unit-of-work/testing';
import { forEachDatabase } from '#stand-ins/databases';
import {
  makeVault,
  never,
  type OpenBackups,
  openBackups,
  writeTree,
} from '../../src/domains/backups/testing/open-backups.ts';
import { eventPayloads } from '../../src/domains/backups/testing/read-events.ts';
import { createTestHome } from '../../src/domains/backups/testing/test-home.ts';

const begin = Date.parse('2026-11-22T12:00:00Z');

function movableClock(): Clock & { at: number } {
  return {
    at: begin,
    now() {
      return this.at;
    },
    monotonic: () => performance.now(),
  };
}

interface QueueRows {
  kura_jobs: { name: string; payload: string; created_at: string; run_after: string };
}

const plan = { site: 'main', everyHours: 24, verifyEveryDays: 30 } as const;

async function listed({ backups }: OpenBackups, query: Readonly<Record<string, unknown>>): Promise<readonly string[]> {
  return (await backups.register.list(jobQuerySchema.parse(query))).items.map(({ key }) => key);
}

forEachDatabase((databases) => {
  describe('the register of backups', () => {
    it('changes many jobs at once, each by itself, tried out first, and is written as a file', async () => {
      await using home = await createTestHome();
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path });
      const { register } = open.backups;
      const rows = ['key,source,target,site', 'one,/x,m1,main', 'two,=cmd,m2,main', 'kept,/z,m3,main'];
      await register.import(testActor, { format: 'csv', text: rows.join('\n'), dryRun: false });
      await register.hold(testActor, 'kept', 'lawsuit');
      const keys = ['one', 'two', 'kept', 'one', 'gone'];
      const wish = { keys, action: 'archive', reason: 'tidied' } as const;
      const tried = await register.changeMany(testActor, { ...wish, dryRun: true });
      assert.equal((await register.read('one')).archivedAt, null);
      const done = await register.changeMany(testActor, { ...wish, dryRun: false });
      assert.deepEqual([tried.applied, done.applied], [false, true]);
      assert.deepEqual(tried.rows, done.rows);
      assert.deepEqual(
        done.rows.map(({ key, outcome, problem }) => [key, outcome, problem?.code]),
        [
          ['one', 'changed', undefined],
          ['two', 'changed', undefined],
          ['kept', 'refused', 'backups.job-held'],
          ['gone', 'refused', 'backups.job-not-found'],
        ],
      );
      assert.deepEqual(await listed(open, { state: 'archived' }), ['one', 'two']);
      const again = await register.changeMany(testActor, { keys: ['one'], action: 'pause', dryRun: false });
      assert.equal(again.rows[0]?.problem?.code, 'backups.job-archived');

      const query = jobExportQuerySchema.parse({ state: 'archived', limit: '1' });
      const first = await register.export(query);
      const rest = { ...query, offset: first.nextOffset ?? 0 };
      const second = await register.export(rest);
      const [header, ...lines] = readCsv(first.text + second.text);
      assert.deepEqual(header?.slice(0, 3), ['key', 'title', 'description']);
      assert.deepEqual(
        lines.map(([key]) => key),
        ['one', 'two'],
      );
      assert.equal(second.nextOffset, undefined);
    });

    it('is imported all or nothing, found, changed, held and archived', async () => {
      await using home = await createTestHome();
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path });
      const { register } = open.backups;
      const csv = [
        'key,title,source,target,kind,owner,criticality,dataClass,tags,rpoMinutes,policy',
        'crm,"CRM, main",D:\\crm,crm-server,database,Sato,critical,restricted,sales;db,60,',
        'site,Ａ社 Web site,/var/www,web-1,files,Tanaka,low,public,web,,',
      ];
      const bad = [...csv, 'Bad Key,,/x,y,,,,,,,', 'crm,again,/x,y,,,,,,,nowhere'].join('\n');
      const dry = await register.import(testActor, { format: 'csv', text: bad, dryRun: false });
      assert.equal(dry.applied, false);
      assert.deepEqual(
        dry.rows.map(({ outcome, problems }) => [outcome, ...problems.map(({ code }) => code)]),
        [
          ['created'],
          ['created'],
          ['refused', 'backups.import-cell'],
          ['refused', 'backups.import-twice', 'backups.policy-not-found'],
        ],
      );
      assert.deepEqual(await listed(open, {}), []);

      const text = csv.join('\n');
      assert.equal((await register.import(testActor, { format: 'csv', text, dryRun: true })).applied, false);
      assert.equal((await register.import(testActor, { format: 'csv', text, dryRun: false })).applied, true);
      const again = await register.import(testActor, {
        format: 'csv',
        text: text.replace('Sato', 'Ito'),
        dryRun: false,
      });
      assert.deepEqual(
        again.rows.map(({ outcome, changes }) => [outcome, ...changes]),
        [['changed', 'owner'], ['unchanged']],
      );

      assert.deepEqual(await listed(open, { q: 'MAIN' }), ['crm']);
      for (const q of ['Ａ社', 'WEB s']) assert.deepEqual(await listed(open, { q }), ['site']);
      assert.deepEqual(await listed(open, { tag: 'web' }), ['site']);
      for (const tag of ['Web', 'we_', 'we']) assert.deepEqual(await listed(open, { tag }), []);
      assert.deepEqual(await listed(open, { owner: 'Ito' }), ['crm']);
      assert.deepEqual(await listed(open, { order: 'criticality', descending: 'true' }), ['site', 'crm']);
      assert.deepEqual(await listed(open, { verdict: 'non_compliant', limit: '1', offset: '1' }), ['site']);
      assert.deepEqual(await listed(open, { q: '100%' }), []);

      await register.hold(testActor, 'crm', 'case 12');
      await assert.rejects(register.archive(testActor, 'crm', 'old'), { code: 'backups.job-held' });
      await assert.rejects(register.change(testActor, 'crm', { policy: 'public' }), { code: 'backups.job-held' });
      const shorter = { format: 'csv', text: 'key,retentionDays\ncrm,1', dryRun: false } as const;
      assert.equal((await register.import(testActor, shorter)).rows[0]?.problems[0]?.code, 'backups.job-held');
      // Each was read before the other was written.
      await Promise.all([
        register.hold(testActor, 'crm', 'case 13'),
        register.change(testActor, 'crm', { title: 'Customers' }),
      ]);
      const { legalHold, title } = await register.read('crm');
      assert.deepEqual([legalHold, title], ['case 13', 'Customers']);
      await register.hold(testActor, 'crm', null);
      await register.archive(testActor, 'crm', 'replaced');
      assert.deepEqual(await listed(open, {}), ['site']);
      assert.deepEqual(await listed(open, { state: 'archived' }), ['crm']);
      assert.equal((await open.backups.estate.summary()).total, 1);
      assert.equal((await register.unarchive(testActor, 'crm')).active, false);
      assert.deepEqual(await listed(open, { state: 'paused' }), ['crm']);
    });

    it('judges by the policy of the class of data, and again when it changes', async () => {
      await using home = await createTestHome();
      const clock = movableClock();
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path, clock });
      const { backups } = open;
      const source = await writeTree(home.at('source'), { 'a.txt': 'alpha' });
      await backups.protect(testActor, { ...plan, key: 'notes', source, dataClass: 'public' });
      const copy = { site: 'main', media: 'disk', offline: false, rotationDays: 30 } as const;
      await backups.addCopy(testActor, 'notes', { ...copy, repository: await makeVault(home.at('vault')) });
      await backups.run(testActor, { job: 'notes', signal: never });
      await backups.verify(testActor, { job: 'notes', kind: 'data', signal: never });
      assert.equal((await backups.jobStatus('notes')).verdict.status, 'compliant');

      clock.at += DAY;
      await backups.sweep(testActor);
      const rules = policyRulesSchema.parse({ minCopies: 2, minMediaFamilies: 1, minOffsite: 0, minOffline: 0 });
      await backups.policies.put(testActor, 'public', { title: 'Public', dataClass: 'public', rules });
      const { byStatus, worst, copies } = await backups.estate.summary();
      assert.deepEqual([byStatus.non_compliant, worst[0]?.key, copies[0]?.copies], [1, 'notes', 1]);
      const { days, changes } = await backups.estate.jobTrend('notes', 5);
      assert.deepEqual(
        days.map(({ day, status }) => `${day} ${status}`),
        ['2026-11-22 compliant', '2026-11-23 non_compliant'],
      );
      assert.deepEqual([changes[0]?.from, changes[0]?.to], ['compliant', 'non_compliant']);
      const trend = await backups.estate.trend(5);
      assert.deepEqual(
        trend.items.map(({ ratePercent }) => ratePercent),
        [100, 0],
      );
      await assert.rejects(backups.policies.put(testActor, 'other', { title: 'x', dataClass: 'public', rules }), {
        code: 'backups.class-taken',
      });

      await backups.register.change(testActor, 'notes', { pausedUntil: new Date(clock.at + HOUR).toISOString() });
      assert.equal((await backups.jobStatus('notes')).verdict.status, 'paused');
      assert.equal(await backups.turnVerdicts(testActor), 0);
      clock.at += HOUR;
      assert.equal(await backups.turnVerdicts(testActor), 1, 'a pause that is over turns the verdict by itself');
      assert.equal((await backups.toldVerdicts()).find(({ job }) => job === 'notes')?.status, 'non_compliant');
      const house = policyRulesSchema.parse({ minCopies: 1, mediaFamilies: { disk: 'a', usb: 'b' } });
      await backups.register.change(testActor, 'notes', { dataClass: null });
      await backups.policies.put(testActor, 'house', { title: 'House', dataClass: null, rules: house });
      assert.deepEqual((await backups.policies.read('house')).rules.mediaFamilies, { disk: 'a', usb: 'b' });
      assert.equal((await backups.jobStatus('notes')).verdict.digits.copies.required, 1, 'all jobs of no other policy');
      await backups.register.change(testActor, 'notes', { dataClass: 'public' });
      await backups.register.change(testActor, 'notes', { retentionDays: 1 });
      const { digits } = (await backups.jobStatus('notes')).verdict;
      assert.ok(
        digits.copies.reasons.some(({ code }) => code === 'rule32110.copy-expired'),
        'what may be deleted by now is nothing to rely on',
      );
      await backups.register.hold(testActor, 'notes', 'a lawsuit');
      const held = (await backups.jobStatus('notes')).verdict.digits.copies;
      assert.equal(held.found, 1, 'nothing of it may be deleted');
      await backups.register.hold(testActor, 'notes', null);
      await backups.register.archive(testActor, 'notes', 'over');
      await assert.rejects(backups.queueRun(testActor, 'notes'), { code: 'backups.job-archived' });
      await assert.rejects(backups.run(testActor, { job: 'notes', signal: never }), { code: 'backups.job-archived' });
    });

    it('runs by schedule: holidays rest, windows and other jobs are waited for, programs run before and after', async () => {
      await using home = await createTestHome();
      const clock = movableClock();
      const hook = home.at('hook.sh');
      await mkdir(home.path, { recursive: true });
      await writeFile(hook, `#!/bin/sh\necho "$KURA_JOB $KURA_RESULT $1" >> ${home.at('hook.log')}\nexit "$2"\n`);
      await chmod(hook, 0o700);
      const url = await databases.freshUrl();
      await using open = await openBackups({ url, home: home.path, clock, programs: [hook] });
      const { backups } = open;
      const source = await writeTree(home.at('source'), { 'a.txt': 'alpha' });
      const copy = { site: 'main', media: 'disk', offline: false, rotationDays: 30 } as const;
      for (const key of ['first', 'second']) {
        await backups.protect(testActor, { ...plan, key, source });
        await backups.addCopy(testActor, key, { ...copy, repository: await makeVault(home.at(key)) });
      }
      async function due(): Promise<number> {
        await backups.runScheduled(testActor, { job: 'second', failed: 0, signal: never });
        return (await backups.runs({ limit: 50 })).filter(({ job }) => job === 'second').length;
      }

      const cron = '0 12 * * *';
      async function put(rules: object) {
        return backups.schedules.put(testActor, 'second', scheduleBodySchema.parse({ cron, zone: 'UTC', rules }));
      }
      await backups.schedules.putCalendar(testActor, 'jp', { days: [{ day: '2026-11-22', title: 'x' }] });
      const closed = { day: '2026-12-29', title: 'closed' };
      const japan = await backups.schedules.putCalendar(testActor, 'japan', { country: 'jp', days: [closed] });
      assert.deepEqual(
        japan.days.filter(({ day }) => day > '2026-11-22' && day < '2027').map(({ title }) => title),
        ['勤労感謝の日', 'closed'],
      );
      const schedule = await put({ skipHolidays: 'jp', after: 'first' });
      assert.equal(schedule.nextRuns[0], '2026-11-23T12:00:00.000Z');
      await assert.rejects(backups.schedules.putCalendar(testActor, 'jp', { days: [] }), {
        code: 'backups.calendar-in-use',
      });
      await assert.rejects(
        backups.schedules.put(testActor, 'first', scheduleBodySchema.parse({ cron, rules: { after: 'second' } })),
        { code: 'backups.schedule-circle' },
      );
      assert.equal(await due(), 0, 'a holiday');
      await put({ window: { from: '13:00', to: '14:00' } });
      assert.equal(await due(), 0, 'waits for its window');
      await put({ after: 'first', waitMinutes: 1 });
      assert.equal(await due(), 0, 'nobody waits for ever');
      const skipped = await eventPayloads(open, 'backups.schedule-skipped');
      assert.match(JSON.stringify(skipped), /skipped-holiday.*skipped-waiting/);

      await backups.run(testActor, { job: 'first', signal: never });
      await backups.schedules.putHooks(testActor, 'second', {
        before: { command: [hook, 'before', '3'], okCodes: [3], timeoutMinutes: 1 },
        after: { command: [hook, 'after', '0'], okCodes: [], timeoutMinutes: 1 },
      });
      assert.equal(await due(), 1);
      assert.equal(await readFile(home.at('hook.log'), 'utf8'), 'second  before\nsecond success after\n');
      await backups.schedules.putHooks(testActor, 'second', {
        before: { command: [hook, 'before', '1'], okCodes: [], timeoutMinutes: 1 },
        after: null,
      });
      assert.equal(await due(), 1, 'a program that fails keeps the backup from being made');
      await assert.rejects(
        backups.schedules.putHooks(testActor, 'second', {
          before: { command: ['/bin/sh'], okCodes: [], timeoutMinutes: 1 },
          after: null,
        }),
        { code: 'backups.program-not-allowed' },
      );
      await backups.register.change(testActor, 'second', { active: false });
      assert.deepEqual((await backups.schedules.read('second'))?.nextRuns, []);
    });

    it('tells a program afterwards that fails for itself: the backup was made, or its copies were away', async () => {
      await using home = await createTestHome();
      const hook = home.at('hook.sh');
      await mkdir(home.path, { recursive: true });
      await writeFile(hook, `#!/bin/sh\necho "$KURA_RESULT" >> ${home.at('hook.log')}\nexit 4\n`);
      await chmod(hook, 0o700);
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path, programs: [hook] });
      const { backups } = open;
      const source = await writeTree(home.at('source'), { 'a.txt': 'alpha' });
      await backups.protect(testActor, { ...plan, key: 'notes', source });
      const copy = { site: 'main', media: 'disk', offline: true, rotationDays: 30 } as const;
      await backups.addCopy(testActor, 'notes', { ...copy, repository: await makeVault(home.at('vault')) });
      await backups.schedules.put(testActor, 'notes', scheduleBodySchema.parse({ cron: '0 12 * * *' }));
      const after = { command: [hook], okCodes: [], timeoutMinutes: 1 };
      await backups.schedules.putHooks(testActor, 'notes', { before: null, after });

      await backups.runScheduled(testActor, { job: 'notes', failed: 0, signal: never });
      await rename(home.at('vault'), home.at('away'));
      await backups.runScheduled(testActor, { job: 'notes', failed: 0, signal: never });
      assert.equal(await readFile(home.at('hook.log'), 'utf8'), 'success\nskipped\n');
      assert.deepEqual(
        (await eventPayloads(open, 'backups.hook-failed')).map(({ job, code }) => [job, code]),
        [
          ['notes', 'backups.hook-failed'],
          ['notes', 'backups.hook-failed'],
        ],
      );
      assert.deepEqual(await eventPayloads(open, 'backups.schedule-skipped'), [], 'no time came to nothing');
    });

    it('tries again so long after the failure, however long the run took', async () => {
      await using home = await createTestHome();
      const passing = { at: begin, step: 0 };
      const clock: Clock = {
        now() {
          passing.at += passing.step;
          return passing.at;
        },
        monotonic: () => performance.now(),
      };
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path, clock });
      const { backups, database } = open;
      const source = await writeTree(home.at('source'), { 'a.txt': 'alpha' });
      await backups.protect(testActor, { ...plan, key: 'notes', source });
      const copy = { site: 'main', media: 'disk', offline: false, rotationDays: 30 } as const;
      await backups.addCopy(testActor, 'notes', { ...copy, repository: await makeVault(home.at('vault')) });
      const rules = { retries: 1, retryMinutes: 30 };
      await backups.schedules.put(testActor, 'notes', scheduleBodySchema.parse({ cron: '0 12 * * *', rules }));
      await rm(source, { recursive: true });
      passing.step = MINUTE;
      await backups.runScheduled(testActor, { job: 'notes', failed: 0, signal: never });
      const [run] = await backups.runs({ limit: 1 });
      assert.equal(run?.result, 'failed');
      const queued = await database
        .tables<QueueRows>()
        .selectFrom('kura_jobs')
        .select(['created_at', 'run_after'])
        .where('name', '=', 'backups.run-scheduled')
        .where('payload', 'like', '%"failed":1%')
        .executeTakeFirstOrThrow();
      // The queue's own clock goes on in real time.
      const wait = Math.round((Date.parse(queued.run_after) - Date.parse(queued.created_at)) / MINUTE);
      assert.equal(wait, 29, 'one look at the clock after the failure, counted in full');
    });

    it('tells once that a login or a certificate of a provider ends, and once when it no longer does', async () => {
      await using home = await createTestHome();
      const time = { now: Date.parse('2026-11-01T12:00:00Z'), certificate: Date.parse('2026-12-01T00:00:00Z') };
      const clock = { now: () => time.now, monotonic: () => 0 };
      async function certificateEnd() {
        return time.certificate;
      }
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path, clock, certificateEnd });
      const { providers } = open.backups;
      const address = home.at('disk');
      await mkdir(address);
      const disk = { title: 'Disk', site: 'main', media: 'disk', address, warnPercent: 100, loginEndsOn: '2026-11-30' };
      const shelf = { ...disk, title: 'Shelf', address: null };
      await providers.put(testActor, 'disk', providerBodySchema.parse(disk));
      await providers.put(testActor, 'shelf', providerBodySchema.parse(shelf));
      async function toldAfter(day: string): Promise<Record<string, string[]>> {
        time.now = Date.parse(`${day}T12:00:00Z`);
        await providers.checkAll(testActor, never);
        const names = ['login-ending', 'login-renewed', 'certificate-ending', 'certificate-renewed'];
        const told = names.map(async (name) => {
          const payloads = await eventPayloads(open, `backups.provider-${name}`);
          return [name, payloads.map((one) => z.object({ provider: z.string() }).parse(one).provider)] as const;
        });
        return Object.fromEntries((await Promise.all(told)).filter(([, whom]) => whom.length > 0));
      }
      assert.deepEqual(await toldAfter('2026-11-09'), {}, 'three weeks and two days before');
      assert.deepEqual(await toldAfter('2026-11-11'), { 'certificate-ending': ['disk'] });
      const both = { 'login-ending': ['disk', 'shelf'], 'certificate-ending': ['disk'] };
      assert.deepEqual(await toldAfter('2026-11-17'), both);
      assert.deepEqual(await toldAfter('2026-12-05'), both, 'what is over was told already');
      time.certificate = Date.parse('2027-02-28T00:00:00Z');
      assert.deepEqual(await toldAfter('2026-12-06'), { ...both, 'certificate-renewed': ['disk'] });
      await providers.put(testActor, 'disk', providerBodySchema.parse({ ...disk, loginEndsOn: '2027-11-30' }));
      await providers.remove(testActor, 'shelf');
      const over = { 'login-renewed': ['disk', 'shelf'], 'certificate-renewed': ['disk'] };
      assert.deepEqual(await toldAfter('2026-12-07'), { ...both, ...over });
      const { provider } = await providers.read('disk');
      assert.deepEqual(
        [provider.loginEndsOn, provider.certificateEndsAt, provider.loginEnding, provider.certificateEnding],
        ['2027-11-30', '2027-02-28T00:00:00.000Z', false, false],
      );
    });

    it('tries storage providers out for real, and tells when they fail and come back', async () => {
      await using home = await createTestHome();
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path });
      const { providers } = open.backups;
      const address = home.at('disk');
      const body = {
        title: 'Disk',
        site: 'main',
        media: 'disk',
        address,
        warnPercent: 100,
        login: { password: 'secret' },
      };
      const put = await providers.put(testActor, 'disk', providerBodySchema.parse(body));
      assert.match(put.provider.login ?? '', /^backup-provider\/disk:/, 'sealed for its row');
      assert.equal((await providers.check(testActor, 'disk')).provider.check?.error?.code, 'backups.source-missing');
      await mkdir(address);
      const { provider } = await providers.check(testActor, 'disk');
      assert.equal(provider.check?.passed, true);
      assert.ok((provider.check.totalBytes ?? 0) > (provider.check.freeBytes ?? 0));
      assert.deepEqual(await readdir(address), [], 'nothing is left behind');
      await rm(address, { recursive: true });
      await providers.checkAll(testActor, never);
      assert.equal((await eventPayloads(open, 'backups.provider-check-failed')).length, 2);
      assert.equal((await eventPayloads(open, 'backups.provider-check-ok')).length, 1);
      const { provider: unchanged } = await providers.put(
        testActor,
        'disk',
        providerBodySchema.parse({ ...body, login: undefined, address: null }),
      );
      assert.equal(unchanged.login, put.provider.login, 'a login that is left out stays');
      await assert.rejects(providers.check(testActor, 'disk'), { code: 'backups.provider-out-of-reach' });
    });
  });
});
