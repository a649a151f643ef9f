import assert from 'node:assert/strict';
import { verify } from 'node:crypto';
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { backupsJobHandlers } from '#backups';
import { contentChecksSchema, type DrillKind, type StartDrill, saveTestPlanSchema } from '#backups/contract';
import { createLocalDiskStorage, initVault } from '#engines/vault';
import { systemClock } from '#kernel/clock';
import { startJobWorkers } from '#platform/jobs';
import { testActor } from '#platform/unit-of-work/testing';
import { forEachDatabase } from '#stand-ins/databases';
import { translators } from '../../src/domains/backups/testing/command-runner.ts';
import { movableClock } from '../../src/domains/backups/testing/movable-clock.ts';
import {
  makeVault,
  never,
  type OpenBackups,
  openBackups,
  writeTree,
} from '../../src/domains/backups/testing/open-backups.ts';
import { eventNames } from '../../src/domains/backups/testing/read-events.ts';
import { createTestHome, type TestHome } from '../../src/domains/backups/testing/test-home.ts';
import { until } from '../system/harness/until.ts';

const now = { signal: never } as const;

function wish(kind: DrillKind, more: Partial<StartDrill> = {}): StartDrill {
  return { kind, files: 20, checks: contentChecksSchema.parse({}), ...more };
}

async function protectDocs({ backups }: OpenBackups, home: TestHome): Promise<string> {
  const source = await writeTree(home.at('source'), { 'a.txt': 'alpha'.repeat(9000), 'sub/写真.txt': 'beta' });
  using database = new DatabaseSync(home.at('source', 'notes.db'));
  database.exec('create table note (text); insert into note values (1)');
  await backups.protect(testActor, {
    key: 'docs',
    title: 'Documents',
    source,
    site: 'main',
    everyHours: 24,
    verifyEveryDays: 30,
  });
  const repository = await makeVault(home.at('disk'));
  await backups.addCopy(testActor, 'docs', {
    repository,
    site: 'main',
    media: 'disk',
    offline: false,
    rotationDays: 30,
  });
  await backups.run(testActor, { job: 'docs', ...now });
  return source;
}

async function damage(repository: string): Promise<() => Promise<void>> {
  const entries = await readdir(repository, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && /packs|objects/.test(entry.parentPath));
  const before = await Promise.all(
    files.map(async ({ parentPath, name }) => ({
      path: join(parentPath, name),
      content: await readFile(join(parentPath, name)),
    })),
  );
  for (const { path, content } of before) {
    const broken = Buffer.from(content);
    const middle = broken.length >> 1;
    broken[middle] = (broken[middle] ?? 0) ^ 1;
    await writeFile(path, broken);
  }
  return async () => {
    for (const { path, content } of before) await writeFile(path, content);
  };
}

forEachDatabase((databases) => {
  describe('drills', () => {
    it('restore everything, try the database in it, measure, sign, and leave nothing behind', async () => {
      await using home = await createTestHome();
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path });
      await protectDocs(open, home);
      const { drills } = open.backups.proof;
      const [drill] = await drills.runNow(testActor, 'docs', wish('full'), now);
      assert.ok(drill !== undefined);
      const { result, facts } = drill;
      assert.deepEqual([result, facts.filesTotal, facts.filesFailed, facts.findings], ['passed', 3, 0, []]);
      assert.deepEqual(facts.checks, [{ check: 'sqlite notes.db', passed: true, detail: '' }]);
      assert.ok((facts.rtoSeconds ?? 0) > 0 && (facts.rpoSeconds ?? -1) >= 0);
      assert.deepEqual(await readdir(home.at('scratch')), []);

      const { document, signature } = await drills.signed(drill.id);
      const signed = Buffer.from(`kura-drill-record-1\n${document}`);
      assert.ok(verify(null, signed, drills.publicKey, Buffer.from(signature.signature, 'base64')));
      assert.equal(JSON.parse(document).record.result, 'passed');
      await drills.amend(testActor, drill.id, { note: 'the name was wrong', tester: '山田' });
      await drills.attach(testActor, drill.id, {
        name: 'screen.txt',
        mediaType: 'text/plain',
        contentBase64: 'aGVsbG8=',
      });
      const { revisions, evidence, drill: amended } = await drills.read(drill.id);
      assert.deepEqual(
        revisions.map(({ revision, valid, note }) => [revision, valid, note]),
        [
          [0, true, null],
          [1, true, 'the name was wrong'],
          [2, true, 'screen.txt'],
        ],
      );
      assert.equal(amended.tester, '山田');
      assert.equal(evidence[0]?.sha256, '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824');
      assert.equal((await drills.coverage()).length, 0, 'a restore does not read the whole repository');
      await drills.runNow(testActor, 'docs', wish('integrity'), now);
      assert.deepEqual(
        (await drills.coverage()).map(({ met }) => met),
        [true],
      );
    });

    it('that fail open a ticket, which keeps the digit red until a later proof closes it', async () => {
      await using home = await createTestHome();
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path });
      const source = await protectDocs(open, home);
      const { proof } = open.backups;
      // モ as Shift_JIS spells it: no UTF-8.
      await writeFile(Buffer.concat([Buffer.from(`${source}/`), Buffer.from([0x83, 0x82])]), 'mo');
      await open.backups.run(testActor, { job: 'docs', ...now });
      await proof.drills.runNow(testActor, 'docs', wish('full'), now);
      const mend = await damage(home.at('disk'));
      const [failed] = await proof.drills.runNow(testActor, 'docs', wish('partial'), now);
      assert.equal(failed?.result, 'failed');
      assert.ok((failed?.facts.findings.length ?? 0) > 0);
      const { verdict } = await open.backups.jobStatus('docs');
      assert.deepEqual([verdict.digits.errors.state, verdict.digits.errors.found], ['fail', 1]);
      const [ticket] = (await proof.tickets.list({ limit: 10 })).items;
      assert.deepEqual(
        [ticket?.kind, ticket?.cause, ticket?.importance, ticket?.status],
        ['restore', 'partial', 'critical', 'open'],
      );
      await proof.drills.runNow(testActor, 'docs', wish('partial'), now);
      assert.deepEqual(
        (await proof.tickets.list({ limit: 10 })).items.map(({ times }) => times),
        [2],
      );

      await mend();
      const [mended] = await proof.drills.runNow(testActor, 'docs', wish('partial'), now);
      assert.deepEqual([mended?.result, mended?.facts.filesTotal], ['passed', 4]);
      assert.equal((await proof.tickets.read('1')).ticket.status, 'open', 'another sample may have missed it');
      await proof.drills.runNow(testActor, 'docs', wish('full'), now);
      const { ticket: closed, changes } = await proof.tickets.read('1');
      assert.deepEqual([closed.status, closed.closedBy], ['done', 'proof']);
      assert.deepEqual(
        changes.map(({ what }) => what),
        ['opened', 'again', 'closed'],
      );
      assert.equal((await open.backups.jobStatus('docs')).verdict.digits.errors.state, 'pass');
      const events = new Set(await eventNames(open));
      for (const name of ['drill-failed', 'drill-finished', 'ticket-opened', 'ticket-closed', 'verification-passed']) {
        assert.ok(events.has(`backups.${name}`), name);
      }
    });

    it('settle a failed verification by a reason, which counts neither way', async () => {
      await using home = await createTestHome();
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path });
      await protectDocs(open, home);
      const { proof } = open.backups;
      await proof.drills.runNow(testActor, 'docs', wish('integrity'), now);
      const mend = await damage(home.at('disk'));
      await proof.drills.runNow(testActor, 'docs', wish('integrity'), now);
      await mend();
      const failing = (await open.backups.jobStatus('docs')).verdict.digits.errors;
      assert.deepEqual([failing.state, failing.found], ['fail', 1], 'one error, not two');
      await assert.rejects(proof.tickets.change(testActor, '1', { status: 'done' }), {
        code: 'backups.ticket-reason-missing',
      });
      await proof.tickets.change(testActor, '1', { status: 'in-progress', assignee: '佐藤' });
      await proof.tickets.change(testActor, '1', { status: 'done', reason: 'a loose cable' });
      assert.equal((await open.backups.jobStatus('docs')).verdict.digits.errors.state, 'pass');
      await assert.rejects(proof.tickets.change(testActor, '1', { note: 'late' }), { code: 'backups.ticket-closed' });
      const { statistics } = await proof.tickets.list({ limit: 10 });
      assert.deepEqual([statistics.open, statistics.inProgress, statistics.closedIn30Days], [0, 0, 1]);
    });

    it('find what rotted in the source and canary files that were touched', async () => {
      await using home = await createTestHome();
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path });
      const source = await protectDocs(open, home);
      const { proof } = open.backups;
      const [sound] = await proof.drills.runNow(testActor, 'docs', wish('comparison'), now);
      assert.deepEqual([sound?.result, sound?.facts.filesTotal], ['passed', 3]);
      const time = new Date('2026-01-02T03:04:05Z');
      await utimes(join(source, 'a.txt'), time, time);
      await open.backups.run(testActor, { job: 'docs', ...now });
      await writeFile(join(source, 'a.txt'), 'alphb'.repeat(9000));
      await utimes(join(source, 'a.txt'), time, time);
      const [rotten] = await proof.drills.runNow(testActor, 'docs', wish('comparison'), now);
      assert.deepEqual(
        rotten?.facts.findings.map(({ code, params }) => [code, params['path']]),
        [['backups.difference-silent', 'a.txt']],
      );

      await assert.rejects(proof.canaries.plant(testActor, 'docs', '../outside'), { code: 'backups.canary-path' });
      await assert.rejects(proof.canaries.plant(testActor, 'docs', 'a.txt'), { code: 'backups.canary-exists' });
      const canary = await proof.canaries.plant(testActor, 'docs', 'accounts/2026.xlsx');
      assert.deepEqual(
        (await proof.canaries.check(testActor, never)).map(({ state }) => state),
        ['intact'],
      );
      await writeFile(join(source, canary.path), 'encrypted');
      for (let times = 0; times < 2; times += 1) await proof.canaries.check(testActor, never);
      assert.deepEqual(
        (await proof.canaries.list()).map(({ state }) => state),
        ['changed'],
      );
      assert.equal((await eventNames(open)).filter((name) => name === 'backups.canary-changed').length, 1);
      const content = await readFile(join(source, 'sub/写真.txt'));
      assert.equal(content.toString(), 'beta', 'nothing else was touched');
      await proof.canaries.remove(testActor, canary.id);
      assert.equal(await readFile(join(source, canary.path), 'utf8'), 'encrypted', 'it is evidence');
    });

    it('that a killed program left open are closed, and what they had restored is removed', async () => {
      await using home = await createTestHome();
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path });
      await protectDocs(open, home);
      const { drills } = open.backups.proof;
      const stop = new AbortController();
      const dying = drills.runNow(testActor, 'docs', wish('full'), {
        signal: stop.signal,
        onProgress: () => stop.abort(),
      });
      await assert.rejects(dying);
      const [stopped] = (await drills.list({ limit: 1 })).items;
      assert.deepEqual([stopped?.result, stopped?.facts.error?.code], ['interrupted', 'backups.run-stopped']);
      assert.deepEqual(await readdir(home.at('scratch')), [], 'a drill that is stopped cleans up by itself');

      await reopen(open, stopped?.id ?? '');
      await writeTree(home.at('scratch', `drill-${stopped?.id ?? ''}`), { 'half.txt': 'half' });
      assert.equal(await drills.recover(testActor), 1);
      const [died] = (await drills.list({ limit: 1 })).items;
      assert.deepEqual([died?.result, died?.facts.error?.code], ['interrupted', 'backups.drill-died']);
      assert.deepEqual(await readdir(home.at('scratch')), []);
      assert.equal(await drills.recover(testActor), 0);
    });

    it('try to delete a probe, and take a refusal for proof', async () => {
      await using home = await createTestHome();
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path });
      await protectDocs(open, home);
      const { proof } = open.backups;
      const [unclaimed] = await proof.drills.runNow(testActor, 'docs', wish('tamper'), now);
      assert.deepEqual([unclaimed?.result, unclaimed?.facts.error?.code], ['interrupted', 'backups.tamper-no-claim']);
      const storage = createLocalDiskStorage({ folder: home.at('kept') });
      await initVault({ storage, encryption: 'none', appendOnly: true });
      const copy = {
        repository: home.at('kept'),
        site: 'osaka',
        media: 'nas',
        offline: false,
        rotationDays: 30,
      } as const;
      await open.backups.addCopy(testActor, 'docs', copy);
      const [tried] = await proof.drills.runNow(testActor, 'docs', wish('tamper', { copy: 'kept' }), now);
      assert.deepEqual(
        tried?.facts.checks.map(({ check, passed }) => [check, passed]),
        [
          ['kura', true],
          ['storage', false],
        ],
        'Kura refuses, a plain folder does not',
      );
      assert.equal(tried?.result, 'failed');
      assert.deepEqual(await readdir(home.at('kept', 'probes')).catch(() => []), []);
    });
  });

  describe('test plans', () => {
    it('begin what is due by themselves, tell what is late, and move on only when it passed', async () => {
      await using home = await createTestHome();
      const clock = movableClock(Date.parse('2027-01-31T04:00:00Z'));
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path, clock });
      await protectDocs(open, home);
      const { proof } = open.backups;
      const { testPlans, drills } = proof;
      const place = { job: 'docs', kind: 'full' } as const;
      const plan = await testPlans.save(
        testActor,
        place,
        saveTestPlanSchema.parse({ frequency: 'monthly', rtoSeconds: 600 }),
      );
      assert.deepEqual([plan.dueOn, plan.standing], ['2027-01-31', 'due']);
      const [beside] = await testPlans.recommend(testActor, 'docs');
      assert.deepEqual([beside?.kind, beside?.frequency], ['integrity', 'monthly'], 'what is planned already stays');
      await testPlans.end(testActor, { job: 'docs', kind: 'integrity' });
      const calendar = await testPlans.calendar('2027-01-01', '2027-04-30');
      assert.deepEqual(
        calendar.map(({ on }) => on),
        ['2027-01-31', '2027-02-28', '2027-03-31', '2027-04-30'],
      );

      const mend = await damage(home.at('disk'));
      await proof.watch(testActor, never);
      await proof.watch(testActor, never);
      await settleQueue(open);
      assert.deepEqual(
        (await drills.list({ limit: 10 })).items.map(({ result }) => result),
        ['failed'],
        'once a day',
      );
      assert.equal((await testPlans.list('docs'))[0]?.dueOn, '2027-01-31', 'a failure moves nothing');
      clock.at = Date.parse('2027-02-01T04:00:00Z');
      await mend();
      await proof.watch(testActor, never);
      await settleQueue(open);
      const [passed] = (await drills.list({ limit: 1 })).items;
      assert.deepEqual([passed?.result, passed?.planId, passed?.facts.rtoTargetSeconds], ['passed', plan.id, 600]);
      assert.equal((await testPlans.list('docs'))[0]?.dueOn, '2027-02-28');
      const events = (await eventNames(open)).filter((name) => name.startsWith('backups.test-'));
      assert.deepEqual(events, ['backups.test-due', 'backups.test-overdue', 'backups.test-passed']);
    });

    it('count what somebody tested by hand, and open a ticket when that failed', async () => {
      await using home = await createTestHome();
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path });
      await protectDocs(open, home);
      const { testPlans, drills, tickets } = open.backups.proof;
      const place = { job: 'docs', kind: 'partial' } as const;
      const wanted = saveTestPlanSchema.parse({ frequency: 'weekly', automatic: false, assignee: '佐藤' });
      const { dueOn } = await testPlans.save(testActor, place, wanted);
      const manual = {
        kind: 'partial',
        testedAt: new Date(Date.now() - 1000).toISOString(),
        tester: '佐藤',
        target: 'spare workstation',
        checklist: [{ text: 'opens in the viewer', done: true }],
      } as const;
      await drills.record(testActor, 'docs', {
        ...manual,
        result: 'failed',
        issues: 'two pictures are black',
        checklist: [],
      });
      assert.equal((await testPlans.list('docs'))[0]?.dueOn, dueOn);
      assert.equal((await tickets.list({ limit: 10, status: 'open' })).items.length, 1);
      const { drill } = await drills.record(testActor, 'docs', {
        ...manual,
        checklist: [...manual.checklist],
        result: 'passed',
      });
      assert.ok(((await testPlans.list('docs'))[0]?.dueOn ?? '') > dueOn);
      assert.equal((await drills.read(drill.id)).revisions[0]?.valid, true);
      assert.equal((await tickets.list({ limit: 10, status: 'open' })).items.length, 1, 'a word closes nothing');
    });
  });
});

/** As a program leaves it that is killed in the middle. */
async function reopen({ database }: OpenBackups, id: string): Promise<void> {
  await database.transaction(async (tx) => {
    await tx
      .tables<DrillRows>()
      .updateTable('backup_drills')
      .set({ result: 'running', ended_at: null })
      .where('id', '=', id)
      .execute();
    await tx.tables<DrillRows>().deleteFrom('backup_drill_revisions').where('drill_id', '=', id).execute();
  });
}

interface DrillRows {
  backup_drills: { id: string; result: string; ended_at: string | null };
  backup_drill_revisions: { drill_id: string };
}

/** Works off what was queued, as a server would. */
async function settleQueue(open: OpenBackups): Promise<void> {
  const workers = startJobWorkers({
    queue: open.jobs,
    handled: backupsJobHandlers(open.backups, translators),
    clock: systemClock,
    worker: 'test',
    reportError: (error) => {
      throw error;
    },
  });
  try {
    await until('the end of every drill', async () => {
      const { totals } = await open.backups.proof.drills.list({ limit: 50 });
      return totals.running === 0 ? true : undefined;
    });
  } finally {
    await workers.stop();
  }
}
