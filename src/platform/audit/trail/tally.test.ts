import assert from 'node:assert/strict';
import { it } from 'node:test';

import { DAY } from '#kernel/units';
import type { Actor, AuditEntry } from '#platform/unit-of-work';
import { testActor } from '#platform/unit-of-work/testing';
import { forEachDatabase } from '#stand-ins/databases';

import { auditTestMigrations, openTestAudit } from '../testing/index.ts';

const mika: Actor = { kind: 'user', id: 'u1', name: '美香' };
const login: AuditEntry = {
  action: 'identity.log-in',
  category: 'authentication',
  subject: { kind: 'account', id: 'u1' },
  result: 'refused',
};
const placed: AuditEntry = { action: 'models.place-file', subject: { kind: 'file', id: 'f1' }, result: 'done' };

forEachDatabase((databases) => {
  it('counts what was done in a period by action, by who and by subject, and names what was refused', async () => {
    await using bench = openTestAudit(await databases.open(auditTestMigrations));
    for (const [actor, entry] of [
      [testActor, placed],
      [mika, login],
      [mika, placed],
      [mika, { ...placed, result: 'failed' }],
    ] as const) {
      await bench.unitOfWork.write(actor, async (tx) => tx.audit(entry));
    }
    const now = Date.now();
    const period = { since: new Date(now - DAY).toISOString(), until: new Date(now + DAY).toISOString(), limit: 1 };
    const { actions, actors, subjects, refusals } = await bench.audit.tally(period);
    assert.deepEqual(actions, [
      { action: 'identity.log-in', category: 'authentication', done: 0, refused: 1, failed: 0 },
      { action: 'models.place-file', category: 'data', done: 2, refused: 0, failed: 1 },
    ]);
    assert.deepEqual(actors, [{ kind: 'user', name: '美香', entries: 3 }]);
    assert.deepEqual(subjects, [
      { kind: 'account', entries: 1 },
      { kind: 'file', entries: 3 },
    ]);
    assert.deepEqual(
      refusals.map(({ action }) => action),
      ['identity.log-in'],
    );
    const before = { ...period, until: period.since, since: '2020-01-01T00:00:00.000Z' };
    assert.deepEqual((await bench.audit.tally(before)).actions, []);
  });
});
