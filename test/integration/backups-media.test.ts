import assert from 'node:assert/strict';
import { createHash, verify } from 'node:crypto';
import { rename } from 'node:fs/promises';
import { describe, it } from 'node:test';

import { DAY, HOUR } from '#kernel/units';
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

/** A Monday, nine in the morning. */
const monday = Date.parse('2026-11-16T09:00:00Z');

/** Of media, swaps and loans. */
async function newEvents(open: OpenBackups): Promise<readonly string[]> {
  const names = (await eventNames(open)).filter((name) => /^backups\.(medium|swap|loan)/.test(name));
  return names.map((name) => name.slice('backups.'.length));
}

/** A protected folder with a copy on a disk that rotates, of which the inventory knows. */
async function withDisk(open: OpenBackups, home: TestHome): Promise<string> {
  const source = await writeTree(home.at('source'), { 'a.bin': 'alpha'.repeat(5000) });
  const { backups } = open;
  await backups.protect(testActor, { key: 'library', source, site: 'main', everyHours: 24, verifyEveryDays: 30 });
  const repository = await makeVault(home.at('mount'));
  await backups.addCopy(testActor, 'library', {
    name: 'disk-a',
    repository,
    site: 'main',
    media: 'external-hdd',
    offline: true,
    rotationDays: 30,
  });
  await backups.media.register(testActor, { ...plain, label: 'DISK-A', kind: 'external-hdd' });
  await backups.media.bind(testActor, { job: 'library', copy: 'disk-a', on: { kind: 'medium', label: 'DISK-A' } });
  return repository;
}

const plain = {
  condition: 'good',
  name: '',
  capacityBytes: null,
  generation: null,
  maker: '',
  model: '',
  serial: '',
  purchasedOn: null,
  warrantyUntil: null,
  owner: '',
  notes: '',
} as const;

async function digitsOf({ backups }: OpenBackups, job = 'library') {
  const { digits } = (await backups.jobStatus(job)).verdict;
  return [digits.copies.found, digits.offsite.state, digits.offline.state];
}

forEachDatabase((databases) => {
  describe('offline media', () => {
    it('carry a copy through its life, and the verdict follows at once', async () => {
      await using home = await createTestHome();
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path });
      const { media } = open.backups;
      const repository = await withDisk(open, home);
      const safe = await media.addPlace(testActor, {
        site: 'osaka',
        room: 'safe',
        slot: 'A-1',
        capacity: 1,
        notes: '',
      });

      const loaded = await media.act(testActor, 'DISK-A', { action: 'load', note: '', scanned: 'DISK-A' });
      assert.equal(loaded.stage, 'loaded');
      const [load] = await media.events('DISK-A', { limit: 1 });
      const { vaultId } = (await open.backups.jobs())[0]?.copies[0] ?? {};
      assert.deepEqual(load?.evidence, { scanned: 'DISK-A', 'vault library/disk-a': vaultId });
      await open.backups.run(testActor, { job: 'library', signal: never });
      assert.deepEqual(await digitsOf(open), [1, 'fail', 'fail']);

      const store = { action: 'store', place: safe.id, note: '' } as const;
      await assert.rejects(media.act(testActor, 'DISK-A', store), { code: 'backups.medium-still-connected' });
      await rename(repository, `${repository}.away`);
      await media.act(testActor, 'DISK-A', store);
      assert.deepEqual(await digitsOf(open), [1, 'pass', 'pass']);
      const status = await open.backups.jobStatus('library');
      assert.deepEqual(status.facts.copies[0]?.medium, {
        label: 'DISK-A',
        stage: 'stored',
        place: 'osaka / safe / A-1',
        generation: null,
      });
      await assert.rejects(open.backups.recordMedium(testActor, { job: 'library', copy: 'disk-a' }, 'lost'), {
        code: 'backups.medium-in-inventory',
      });

      await media.act(testActor, 'DISK-A', { action: 'lose', note: 'not in its slot' });
      assert.deepEqual(await digitsOf(open), [0, 'fail', 'fail']);
      await media.act(testActor, 'DISK-A', { action: 'find', note: '' });
      assert.deepEqual(await digitsOf(open), [0, 'fail', 'fail'], 'in quarantine it does not count either');
      await media.act(testActor, 'DISK-A', { action: 'release', note: 'read through' });
      await media.act(testActor, 'DISK-A', store);
      assert.deepEqual(await digitsOf(open), [1, 'pass', 'pass']);
      assert.deepEqual(await newEvents(open), ['medium-lost', 'medium-found', 'medium-released']);
    });

    it('are refused where another vault, another label or no room is found', async () => {
      await using home = await createTestHome();
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path });
      const { media } = open.backups;
      const repository = await withDisk(open, home);
      const again = media.register(testActor, { ...plain, label: 'DISK-A', kind: 'external-hdd' });
      await assert.rejects(again, { code: 'backups.medium-exists' });
      const scanned = media.act(testActor, 'DISK-A', { action: 'load', note: '', scanned: 'DISK-B' });
      await assert.rejects(scanned, { code: 'backups.label-differs' });
      await rename(repository, `${repository}.away`);
      await makeVault(repository);
      const swapped = media.act(testActor, 'DISK-A', { action: 'load', note: '' });
      await assert.rejects(swapped, { code: 'backups.medium-swapped' });

      const slot = await media.addPlace(testActor, { site: 'main', room: '', slot: '1', capacity: 1, notes: '' });
      const { label } = await media.register(testActor, { ...plain, kind: 'tape' });
      assert.equal(label, 'KURA-0001');
      await media.act(testActor, label, { action: 'store', place: slot.id, note: '' });
      const full = media.act(testActor, 'DISK-A', { action: 'store', place: slot.id, note: '' });
      await assert.rejects(full, { code: 'backups.place-full' });
      await assert.rejects(media.removePlace(testActor, slot.id), { code: 'backups.place-in-use' });
      assert.equal((await media.read('DISK-A')).stage, 'new');
      const tape = media.bind(testActor, { job: 'library', copy: 'disk-a', on: { kind: 'medium', label } });
      await assert.rejects(tape, { code: 'backups.media-kind-differs' });
    });

    it('take turns: due, late, confirmed by scanning, missed', async () => {
      await using home = await createTestHome();
      const clock = movableClock(monday);
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path, clock });
      const { media } = open.backups;
      const scheme = { kind: 'custom', media: 2, every: 1, unit: 'week' } as const;
      const free = { day: '2026-11-23', title: '勤労感謝の日' };
      await open.backups.schedules.putCalendar(testActor, 'japan', { days: [free] });
      await media.addSet(testActor, { key: 'weekly', scheme, holidays: [], calendar: 'japan' });
      for (const number of [1, 2]) {
        await media.register(testActor, { ...plain, label: `T-${number}`, kind: 'tape' });
        await media.assign(testActor, { key: 'weekly', position: `medium-${number}`, label: `T-${number}` });
      }
      await open.backups.sweep(testActor);
      await open.backups.sweep(testActor);
      assert.deepEqual(await newEvents(open), ['swap-due'], 'told once');
      clock.at += DAY;
      await open.backups.sweep(testActor);
      assert.deepEqual((await media.dueSwaps()).items[0], {
        set: 'weekly',
        title: 'weekly',
        day: '2026-11-16',
        position: 'medium-1',
        state: 'late',
        daysLate: 1,
        takeOut: [],
        putIn: 'T-1',
        reason: null,
      });
      const confirmed = { putIn: 'T-1', deviate: false, note: '' } as const;
      await assert.rejects(media.confirmSwap(testActor, 'weekly', { ...confirmed, putIn: 'T-2' }), {
        code: 'backups.swap-other-medium',
      });
      const swap = await media.confirmSwap(testActor, 'weekly', confirmed);
      assert.deepEqual([swap.day, swap.state, swap.by], ['2026-11-16', 'done', 'test']);
      assert.deepEqual(await newEvents(open), ['swap-due', 'swap-overdue', 'swap-done']);

      // Monday is a holiday: the turn waits for Tuesday.
      clock.at = monday + 7 * DAY;
      assert.equal((await media.dueSwaps()).items[0]?.state, 'nothing');
      clock.at += DAY;
      await open.backups.sweep(testActor);
      const next = { putIn: 'T-2', deviate: false, note: '' } as const;
      await assert.rejects(media.confirmSwap(testActor, 'weekly', next), { code: 'backups.swap-take-out-missing' });
      clock.at = monday + 14 * DAY;
      await open.backups.sweep(testActor);
      assert.deepEqual(
        (await media.swaps('weekly', 10)).map(({ day, state }) => `${day} ${state}`),
        ['2026-11-24 missed', '2026-11-16 done'],
      );
      assert.equal((await media.dueSwaps()).items[0]?.state, 'nothing', 'the medium of this turn never came out');
      const calendar = await media.calendar('weekly', { from: '2026-11-16', days: 28 });
      assert.deepEqual(
        calendar.items.map(({ day, label, state }) => `${day} ${label} ${state}`),
        ['2026-11-16 T-1 done', '2026-11-24 T-2 missed', '2026-11-30 T-1 planned', '2026-12-07 T-2 planned'],
      );
    });

    it('carry the generations of a copy that only reports: the one that is put away counts', async () => {
      await using home = await createTestHome();
      const clock = movableClock(monday);
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path, clock });
      const { backups } = open;
      const { media } = backups;
      const job = {
        key: 'sql',
        source: 'VM sql01',
        target: 'hyperv1',
        site: 'main',
        everyHours: 24,
        verifyEveryDays: 30,
      };
      await backups.protect(testActor, job);
      const place = { site: 'main', media: 'tape', offline: true, rotationDays: 14 } as const;
      await backups.addCopy(testActor, 'sql', {
        ...place,
        name: 'tapes',
        repository: 'tape job',
        engine: 'reported',
        tool: 'veeam',
      });
      const scheme = { kind: 'custom', media: 2, every: 1, unit: 'week' } as const;
      await media.addSet(testActor, { key: 'weekly', scheme, holidays: [], calendar: null });
      await media.bind(testActor, { job: 'sql', copy: 'tapes', on: { kind: 'set', key: 'weekly' } });
      const vault = await media.addPlace(testActor, { site: 'osaka', room: 'vault', slot: '', notes: '' });
      for (const number of [1, 2]) {
        await media.register(testActor, { ...plain, label: `T-${number}`, kind: 'tape' });
        await media.assign(testActor, { key: 'weekly', position: `medium-${number}`, label: `T-${number}` });
      }
      async function report(run: string): Promise<void> {
        const endedAt = new Date(clock.at).toISOString();
        const startedAt = new Date(clock.at - HOUR).toISOString();
        const facts = { job: 'sql', run, tool: 'veeam', result: 'success', startedAt, endedAt } as const;
        await backups.reports.report({ actor: testActor, boundTo: [] }, facts);
      }
      const confirmed = { deviate: false, note: '' } as const;
      await media.confirmSwap(testActor, 'weekly', { ...confirmed, putIn: 'T-1' });
      clock.at += 12 * HOUR;
      await report('one');
      assert.deepEqual(await digitsOf(open, 'sql'), [1, 'fail', 'fail'], 'in the drive');

      clock.at = monday + 7 * DAY;
      await media.confirmSwap(testActor, 'weekly', { ...confirmed, putIn: 'T-2', takeOut: 'T-1', place: vault.id });
      clock.at += 12 * HOUR;
      await report('two');
      assert.deepEqual(await digitsOf(open, 'sql'), [1, 'pass', 'pass'], 'one tape in the vault, one in the drive');
      assert.equal((await backups.jobStatus('sql')).facts.copies[0]?.medium?.label, 'T-1');
      assert.equal((await media.read('T-2')).copies[0]?.writtenAt, new Date(clock.at).toISOString());

      await media.act(testActor, 'T-1', { action: 'lose', note: '' });
      assert.deepEqual(await digitsOf(open, 'sql'), [1, 'fail', 'fail'], 'only the one in the drive is left');
    });

    it('are lent, chased and taken back; what comes back damaged is not trusted', async () => {
      await using home = await createTestHome();
      const clock = movableClock(monday);
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path, clock });
      const { media } = open.backups;
      await media.register(testActor, { ...plain, label: 'T-1', name: '月次', kind: 'tape' });
      await media.act(testActor, 'T-1', { action: 'receive', note: '' });
      const loan = {
        borrower: '佐藤',
        organisation: '監査法人',
        contact: 'sato@example.jp',
        purpose: '監査',
        dueOn: '2026-11-18',
      };
      await media.lend(testActor, 'T-1', loan);
      await assert.rejects(media.lend(testActor, 'T-1', loan), { code: 'backups.medium-action-impossible' });
      for (let day = 0; day < 10; day += 1) {
        clock.at = monday + day * DAY;
        await open.backups.sweep(testActor);
      }
      assert.deepEqual(await newEvents(open), ['loan-overdue', 'loan-overdue', 'loan-overdue'], 'days 1, 3 and 7');
      const [open1] = await media.loans({ state: 'overdue', limit: 10 });
      assert.equal(open1?.daysOverdue, 7);
      const slip = await media.printLoanSlip(open1.id, translators.ja);
      assert.match(Buffer.from(slip.base64, 'base64').toString('latin1'), /^%PDF-/);
      const back = await media.takeBack(testActor, 'T-1', { condition: 'damaged', note: '落下' });
      assert.deepEqual([back.stage, back.condition, back.loan], ['quarantine', 'damaged', null]);
      assert.deepEqual((await newEvents(open)).slice(3), ['loan-ended', 'medium-damaged']);

      await media.act(testActor, 'T-1', { action: 'release', note: '' });
      await media.lend(testActor, 'T-1', { ...loan, dueOn: '2026-12-31' });
      await media.act(testActor, 'T-1', { action: 'lose', note: 'by the borrower' });
      assert.deepEqual(await media.loans({ state: 'open', limit: 10 }), [], 'nobody is asked to return what is lost');
    });

    it('end with certificates that can be checked without Kura', async () => {
      await using home = await createTestHome();
      await using open = await openBackups({ url: await databases.freshUrl(), home: home.path });
      const { media } = open.backups;
      await withDisk(open, home);
      const early = media.destroy(testActor, 'DISK-A', { method: 'shredded', witness: 'A', note: '' });
      await assert.rejects(early, { code: 'backups.medium-action-impossible' });
      await media.retire(testActor, 'DISK-A', { reason: 'old', note: '' });
      const certificate = await media.destroy(testActor, 'DISK-A', { method: 'shredded', witness: '田中', note: '' });
      assert.deepEqual(await media.certificates('DISK-A').then((all) => all.map(({ kind }) => kind)), [
        'retired',
        'destroyed',
      ]);
      assert.equal(createHash('sha256').update(certificate.document).digest('hex'), certificate.sha256);
      const signature = Buffer.from(certificate.signature, 'base64');
      assert.ok(verify(null, Buffer.from(certificate.document), certificate.publicKey, signature));
      assert.deepEqual((await media.read('DISK-A')).actions, []);
      const printed = await media.printCertificate(certificate.id, translators.ja);
      assert.equal(printed.name, 'certificate-destroyed-DISK-A.pdf');
      const labels = { labels: ['DISK-A'], grid: '3x8' as const, skip: 0 };
      assert.equal((await media.printLabels(labels, translators.en)).mediaType, 'application/pdf');
    });
  });
});
