import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { Clock } from '#kernel/clock';
import { DAY, GIB, HOUR, MINUTE } from '#kernel/units';
import type { Database } from '#platform/db';
import type { Actor, AuditEntry } from '#platform/unit-of-work';
import { createTestPlatform, writeMigrations } from '#platform/unit-of-work/testing';
import { forEachDatabase } from '#stand-ins/databases';

import { auditKey, newAuditKey } from '../chain/audit-key.ts';
import { chainMigrations } from '../chain/audit-tables.ts';
import { createSealing } from '../chain/sealing.ts';
import { acknowledgeDetection, type Detection, listDetections } from './detection-store.ts';
import { detectionMigrations } from './detection-tables.ts';
import { detect } from './detector.ts';
import { ruleIds } from './rules.ts';

const migrations = [...writeMigrations, ...chainMigrations, ...detectionMigrations];
const mika: Actor = { kind: 'user', id: 'u1', name: '美香', from: '192.0.2.7' };

type Act = Partial<AuditEntry> & { readonly by?: Actor; readonly afterMs?: number };

function openBench(database: Database) {
  let now = Date.UTC(2026, 10, 1);
  const clock: Clock = { now: () => now, monotonic: () => now };
  const key = auditKey(newAuditKey());
  const sealing = createSealing({ database, clock, key, headEvery: { rows: 1000, ms: HOUR }, reportError: thrown });
  const platform = createTestPlatform(database, { clock, sealing });
  const deps = { ...platform, clock };
  return {
    ...deps,
    pass: (ms: number) => {
      now += ms;
    },
    async act(acts: readonly Act[]): Promise<readonly Detection[]> {
      for (const { by = mika, afterMs = 0, ...entry } of acts) {
        now += afterMs;
        const whole = { action: 'kit.act', subject: { kind: 'x', id: '1' }, result: 'done' as const, ...entry };
        await platform.unitOfWork.write(by, async (tx) => tx.audit(whole));
      }
      await sealing.seal();
      await detect(deps);
      return (await listDetections(database, { state: 'all', limit: 100 })).items;
    },
    async [Symbol.asyncDispose]() {
      await sealing[Symbol.asyncDispose]();
      await platform[Symbol.asyncDispose]();
    },
  };
}

function thrown(error: unknown): void {
  throw error;
}

function times(count: number, act: Act): readonly Act[] {
  return Array.from({ length: count }, () => act);
}

const failedLogin: Act = {
  action: 'session.refuse',
  category: 'authentication',
  result: 'refused',
  subject: { kind: 'account', id: 'u3', name: 'hiro' },
  by: { kind: 'user', id: 'unknown', name: 'unknown', from: '198.51.100.9' },
};
const placed: Act = {
  action: 'models.place-file',
  after: { sizeBytes: 20 * GIB, verdict: 'clean' },
};
const subject = { kind: 'user', id: 'u2', name: 'hiro' };

/** What each rule must see, and what is so close to it that a careless rule would see it, too. */
const cases: Readonly<Record<string, { readonly seen: readonly Act[]; readonly unseen: readonly Act[] }>> = {
  'failed-logins': {
    seen: times(5, { ...failedLogin, afterMs: 10 * MINUTE }),
    unseen: [...times(4, failedLogin), { ...failedLogin, afterMs: 61 * MINUTE }, { ...failedLogin, result: 'done' }],
  },
  'refused-access': {
    seen: [{ action: 'access.refuse-request', category: 'access', result: 'refused', after: { count: 20 } }],
    unseen: times(19, { action: 'access.refuse-request', category: 'access', result: 'refused' }),
  },
  'risky-login': {
    seen: [{ action: 'session.open', category: 'authentication', level: 'warning', after: { risk: 80 } }],
    unseen: [{ action: 'session.open', category: 'authentication', after: { risk: 79 } }],
  },
  'very-risky-login': {
    seen: [{ action: 'session.open', category: 'authentication', level: 'critical', after: { risk: 90 } }],
    unseen: [{ action: 'session.close', category: 'authentication', after: { risk: 70 } }],
  },
  'new-admin': {
    seen: [{ action: 'account.set-role', subject, before: { role: 'viewer' }, after: { role: 'admin' } }],
    unseen: [
      { action: 'account.set-role', subject, before: { role: 'admin' }, after: { role: 'viewer' } },
      { action: 'account.set-role', subject, before: { role: 'admin' }, after: { role: 'admin' } },
      { action: 'account.set-role', subject, result: 'refused', after: { role: 'admin' } },
    ],
  },
  'second-factor-disabled': {
    seen: [
      { action: 'second-factor.disable', subject },
      { action: 'account.remove-passkey', subject },
    ],
    unseen: [
      { action: 'second-factor.enable', subject },
      { action: 'account.delete', subject },
      { action: 'second-factor.disable', subject, result: 'refused' },
    ],
  },
  'mass-export': {
    seen: times(10, { action: 'audit.export' }),
    unseen: [...times(9, { action: 'knowledge.export-entries' }), { action: 'models.import-history' }],
  },
  'mass-delete': {
    seen: times(20, { action: 'knowledge.remove-entry' }),
    unseen: [...times(19, { action: 'knowledge.remove-entry' }), { action: 'knowledge.remove-entry', afterMs: HOUR }],
  },
  'danger-admitted': {
    seen: [{ action: 'models.place-risky-file', level: 'critical', after: { verdict: 'dangerous' } }],
    unseen: [
      { action: 'models.place-risky-file', after: { verdict: 'suspicious', admitted: { action: 'ask' } } },
      { action: 'models.quarantine-file', result: 'refused', after: { verdict: 'dangerous' } },
    ],
  },
  'integrity-failed': {
    seen: [{ action: 'backups.verify-copy', level: 'critical', result: 'failed' }],
    unseen: [{ action: 'backups.verify-copy' }, { action: 'backups.run-copy', result: 'failed' }],
  },
  'download-volume': {
    seen: [...times(1, placed), { ...placed, afterMs: 10 * DAY }, ...times(3, placed)],
    unseen: [...times(2, placed), { ...placed, afterMs: 10 * DAY }, ...times(2, placed)],
  },
  'chain-broken': {
    seen: [{ action: 'audit.verify', level: 'critical', result: 'failed' }],
    unseen: [{ action: 'audit.verify' }],
  },
  'critical-entry': {
    seen: [{ action: 'kit.act', level: 'critical' }],
    unseen: [{ action: 'kit.act', level: 'warning' }],
  },
};

describe('the rules', () => {
  it('each have a case they must see and one they must not', () => {
    assert.deepEqual(Object.keys(cases).sort(), [...ruleIds].sort());
  });
});

forEachDatabase((databases) => {
  for (const [rule, { seen, unseen }] of Object.entries(cases)) {
    // What a rule sees is the same on both; what counts in SQL is tried on both.
    if (databases.dialect === 'postgres' && rule !== 'download-volume') continue;
    it(`${rule} sees what it is for, and not what is near it`, async () => {
      await using near = openBench(await databases.open(migrations));
      assert.deepEqual(
        (await near.act(unseen)).map((one) => one.rule),
        [],
      );
      await using there = openBench(await databases.open(migrations));
      const found = await there.act(seen);
      assert.deepEqual([...new Set(found.map((one) => one.rule))], [rule]);
      assert.ok(found.every(({ entryIds }) => entryIds.length > 0));
    });
  }

  it('takes what goes on into the open case, tells of it once, and opens another after it was settled', async () => {
    await using bench = openBench(await databases.open(migrations));
    const [first] = await bench.act(times(5, failedLogin));
    assert.ok(first !== undefined);
    const still = await bench.act(times(7, failedLogin));
    // One for the user, one for the address.
    assert.deepEqual(Object.fromEntries(still.map(({ about, count }) => [about, count])), {
      'address:198.51.100.9': 12,
      'user:hiro': 12,
    });
    const events = bench.database.tables<{ kura_events: { name: string } }>().selectFrom('kura_events').select('name');
    assert.deepEqual(
      (await events.execute()).map(({ name }) => name),
      ['security.detected', 'security.detected'],
    );

    const settled = { reason: 'a forgotten password', actor: mika };
    for (const { id } of still) await acknowledgeDetection(bench, { id, ...settled });
    await assert.rejects(acknowledgeDetection(bench, { id: first.id, ...settled }), {
      code: 'audit.detection-acknowledged',
    });
    assert.equal((await bench.act(times(4, failedLogin))).length, 2, 'what was settled is not counted again');
    assert.equal((await bench.act(times(1, failedLogin))).length, 4);
    const open = await listDetections(bench.database, { state: 'open', limit: 1 });
    assert.equal(open.items.length, 1);
    const rest = await listDetections(bench.database, { state: 'open', limit: 5, cursor: open.nextCursor });
    assert.equal(rest.items.length, 1);
  });

  it('judges no entry twice, however often it is asked', async () => {
    await using bench = openBench(await databases.open(migrations));
    await bench.act([{ level: 'critical' }]);
    await Promise.all([detect(bench), detect(bench), detect(bench)]);
    const [found, ...others] = (await listDetections(bench.database, { state: 'all', limit: 10 })).items;
    assert.deepEqual([found?.count, others.length], [1, 0]);
  });
});
