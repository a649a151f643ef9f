import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import * as fc from 'fast-check';

import type { Clock } from '#kernel/clock';
import { DAY, HOUR } from '#kernel/units';
import type { Actor, AuditEntry } from '#platform/unit-of-work';
import { testActor } from '#platform/unit-of-work/testing';
import { forEachDatabase } from '#stand-ins/databases';

import { auditTestMigrations, openTestAudit, type TestAudit } from '../testing/index.ts';
import { exportFormat } from './export-formats.ts';

const mika: Actor = { kind: 'user', id: 'u1', name: '美香', from: '192.0.2.7', correlationId: 'r-1' };
const plain: AuditEntry = { action: 'models.place-file', subject: { kind: 'file', id: 'f1' }, result: 'done' };

async function write(bench: TestAudit, entries: readonly Partial<AuditEntry>[], actor = testActor): Promise<void> {
  for (const entry of entries) {
    await bench.unitOfWork.write(actor, async (tx) => tx.audit({ ...plain, ...entry }));
  }
  await bench.sealing.seal();
}

function movableClock(start: number) {
  let now = start;
  const clock: Clock = { now: () => now, monotonic: () => now };
  return {
    clock,
    pass: (ms: number) => {
      now += ms;
    },
  };
}

forEachDatabase((databases) => {
  it('finds entries by who, what, when and how it ended, newest first, page by page', async () => {
    await using bench = openTestAudit(await databases.open(auditTestMigrations));
    const { audit } = bench;
    await write(bench, [{}, {}, {}, { action: 'models.verify-file', result: 'failed', level: 'critical' }]);
    await write(
      bench,
      [{ category: 'configuration', subject: { kind: 'setting', id: 'a.b', name: '50% 速い_ ÄÖ' } }],
      mika,
    );
    async function found(filter: Parameters<typeof audit.search>[0]['filter']): Promise<readonly string[]> {
      return (await audit.search({ filter, limit: 50 })).items.map(({ action, seq }) => `${seq} ${action}`);
    }
    assert.equal((await found({})).length, 5);
    assert.deepEqual(await found({ who: '美香' }), ['5 models.place-file']);
    assert.deepEqual(await found({ who: '192.0.2' }), ['5 models.place-file']);
    assert.deepEqual(await found({ correlationId: 'r-1' }), ['5 models.place-file']);
    assert.deepEqual(await found({ actorKind: 'user' }), ['5 models.place-file']);
    assert.deepEqual(await found({ action: 'models.verify*' }), ['4 models.verify-file']);
    assert.deepEqual(await found({ level: 'warning' }), ['4 models.verify-file']);
    assert.deepEqual(await found({ result: 'failed' }), ['4 models.verify-file']);
    assert.deepEqual(await found({ category: 'configuration' }), ['5 models.place-file']);
    assert.deepEqual(await found({ subject: '50% 速い_ ÄÖ' }), ['5 models.place-file'], 'as it is copied from the row');
    assert.deepEqual(await found({ text: '0%_速' }), [], 'neither % nor _ stands for anything');
    assert.deepEqual(await found({ until: '2020-01-01' }), []);
    assert.equal((await found({ from: '2020-01-01' })).length, 5);

    const first = await audit.search({ filter: {}, limit: 2 });
    const second = await audit.search({ filter: {}, limit: 2, before: first.nextCursor });
    const third = await audit.search({ filter: {}, limit: 2, before: second.nextCursor });
    assert.deepEqual(
      [...first.items, ...second.items, ...third.items].map(({ seq }) => seq),
      [5, 4, 3, 2, 1],
    );
    assert.equal(third.nextCursor, undefined);
  });

  it('removes whole verified segments after their time, keeps the head and the rest of the chain', async () => {
    const { clock, pass } = movableClock(Date.UTC(2023, 0, 1));
    await using bench = openTestAudit(await databases.open(auditTestMigrations), { clock, keepDays: 365 });
    await write(bench, [{}, {}, {}]);
    await bench.sealing.signHead();
    pass(HOUR);
    const exported = await bench.audit.exportHeads();
    pass(366 * DAY);
    await write(bench, [{}, {}]);
    assert.deepEqual(await bench.audit.purge(testActor), { rows: 3, upTo: 3 });
    assert.deepEqual(await bench.audit.purge(testActor), { rows: 0, upTo: null });
    const check = await bench.audit.check({ actor: testActor, heads: exported });
    assert.deepEqual([check.ok, check.firstSeq, check.rows], [true, 4, 3]);
    const state = await bench.audit.state();
    assert.deepEqual([state.purgedTo, state.heads.some(({ seq }) => seq === 3)], [3, true]);
    const [purge] = (await bench.audit.search({ filter: { action: 'audit.purge-entries' }, limit: 1 })).items;
    assert.equal(purge?.after?.['rows'], 3);
  });

  it('removes nothing of a log that does not hold', async () => {
    const { clock, pass } = movableClock(Date.UTC(2023, 0, 1));
    await using bench = openTestAudit(await databases.open(auditTestMigrations), { clock, keepDays: 365 });
    await write(bench, [{}, {}, {}]);
    await bench.sealing.signHead();
    await bench.database.transaction(async (tx) => {
      // The end is not guarded by a trigger, because it moves with each entry.
      await tx
        .tables<{ audit_tip: { hash: string } }>()
        .updateTable('audit_tip')
        .set({ hash: 'f'.repeat(64) })
        .execute();
    });
    pass(400 * DAY);
    await assert.rejects(bench.audit.purge(testActor), { code: 'audit.purge-refused' });
    assert.equal((await bench.audit.search({ filter: {}, limit: 9 })).items.length, 3);
    const { state, detail } = await bench.audit.probe.run(AbortSignal.timeout(60_000));
    assert.equal(state, 'ok', detail);
    assert.equal((await bench.audit.check({ actor: testActor })).ok, false);
    assert.equal((await bench.audit.probe.run(AbortSignal.timeout(60_000))).state, 'degraded');
  });

  it('says of a period what is in it, over the entries that were verified', async () => {
    await using bench = openTestAudit(await databases.open(auditTestMigrations));
    await write(bench, [
      {},
      { level: 'critical', result: 'failed' },
      { category: 'authentication', result: 'refused' },
    ]);
    await bench.audit.detect();
    const summary = await bench.audit.summarise(30, testActor);
    assert.equal(summary.check.ok, true);
    // The detection of the critical entry is an entry, too.
    assert.deepEqual(summary.byResult, { done: 2, failed: 1, refused: 1 });
    assert.deepEqual(summary.byCategory, { authentication: 1, compliance: 1, data: 2 });
    assert.deepEqual(summary.detections, { bySeverity: { error: 1 }, open: 1 });
  });

  it('never keeps a secret, whatever field, name or text it comes in', async () => {
    await using bench = openTestAudit(await databases.open(auditTestMigrations));
    const secret = 'S3cr3t-planted-value';
    await write(bench, [
      { before: { password: secret, nested: { apiKey: secret } }, after: { civitaiToken: secret } },
      { after: { url: `https://mika:${secret}@example.org/?token=${secret}`, header: `Bearer ${secret}` } },
      { subject: { kind: 'url', id: `https://x/?signature=${secret}`, name: `postgres://kura:${secret}@db/kura` } },
    ]);
    const whole = await bench.audit.search({ filter: {}, limit: 9 });
    assert.equal(whole.items.length, 3);
    assert.ok(!JSON.stringify(whole).includes(secret), JSON.stringify(whole));
    assert.equal((await bench.audit.check({ actor: testActor })).ok, true);
  });

  it('holds for texts that no database keeps as they are', async () => {
    await using bench = openTestAudit(await databases.open(auditTestMigrations));
    await write(
      bench,
      [{ subject: { kind: 'x', id: 'half \ud800', name: 'nul \0' }, after: { text: 'nul \0 half \udc00' } }],
      {
        ...mika,
        name: 'a\0b\ud83d',
      },
    );
    const check = await bench.audit.check({ actor: testActor });
    assert.deepEqual([check.ok, check.rows], [true, 1]);
  });
});

describe('files of the log', () => {
  const entry = {
    id: 'e1',
    seq: 7,
    at: '2026-11-22T00:00:00.000Z',
    actor: { kind: 'user' as const, id: 'u1', name: '=HYPERLINK("x")', from: '192.0.2.7' },
    correlationId: null,
    category: 'data' as const,
    level: 'warning' as const,
    action: 'kit.act',
    subject: { kind: 'file', id: 'f1', name: 'a|b=c\nd' },
    result: 'done' as const,
    before: null,
    after: { n: 1 },
    hash: 'h',
  };

  it('are CSV that no spreadsheet takes for formulas', () => {
    const { head } = exportFormat('csv', '1');
    assert.ok(head.startsWith('\u{feff}seq,at,actorKind,'));
    const line = exportFormat('csv', '1').line(entry);
    assert.ok(line.startsWith(`7,2026-11-22T00:00:00.000Z,user,u1,"'=HYPERLINK(""x"")",192.0.2.7,`), line);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const cell =
          exportFormat('csv', '1')
            .line({ ...entry, actor: { ...entry.actor, name } })
            .split('user,u1,')[1] ?? '';
        assert.ok(!/^"?[=+\-@\t\r]/.test(cell), cell);
      }),
    );
  });

  it('are CEF whose separators cannot be forged', () => {
    const line = exportFormat('cef', '1').line(entry);
    assert.ok(
      line.startsWith('CEF:0|Kura|Kura|1|kit.act|kit.act|6|rt=1795305600000 externalId=e1 cat=data outcome=done '),
    );
    assert.ok(line.includes(String.raw`cs1=file/a|b\=c\nd `), line);
    assert.equal(line.split('\n').length, 2);
  });

  it('are JSON Lines that say everything', () => {
    assert.deepEqual(JSON.parse(exportFormat('jsonl', '1').line(entry)), entry);
  });
});
