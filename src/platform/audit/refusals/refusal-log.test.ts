import assert from 'node:assert/strict';
import { it } from 'node:test';

import type { RefusedRequest } from '#platform/http';
import { forEachDatabase } from '#stand-ins/databases';

import { auditTestMigrations, openTestAudit } from '../testing/index.ts';
import { createRefusalLog } from './refusal-log.ts';

const refused: RefusedRequest = {
  what: 'token',
  code: 'identity.key-over',
  caller: undefined,
  address: '198.51.100.9',
  target: 'models.search',
  requestId: 'r-1',
};

function thrown(error: unknown): void {
  throw error;
}

forEachDatabase((databases) => {
  it('notes the first refusals one by one and a flood as one number', async () => {
    await using bench = openTestAudit(await databases.open(auditTestMigrations));
    const log = createRefusalLog({ ...bench, reportError: thrown });
    for (let n = 0; n < 1000; n += 1) log.note(refused);
    log.note({ ...refused, code: 'identity.bad-token' });
    log.note({ ...refused, what: 'session', code: 'identity.session-over' });
    await log[Symbol.asyncDispose]();
    const { items } = await bench.audit.search({ filter: { who: '198.51.100.9' }, limit: 50 });
    const tokens = items.filter(({ action }) => action === 'access.refuse-token');
    assert.deepEqual(
      tokens.map(({ after }) => after?.['count']),
      [995, 1, 1, 1, 1, 1],
    );
    assert.ok(tokens.every(({ category, result }) => category === 'authentication' && result === 'refused'));
    assert.equal(items.filter(({ category }) => category === 'access').length, 1, 'a session that ended is no attack');
  });

  it('stays small when every request comes from elsewhere', async () => {
    await using bench = openTestAudit(await databases.open(auditTestMigrations));
    const log = createRefusalLog({ ...bench, reportError: thrown });
    for (let n = 0; n < 3000; n += 1) log.note({ ...refused, address: `2001:db8::${n.toString(16)}` });
    await log[Symbol.asyncDispose]();
    const { items } = await bench.audit.search({ filter: {}, limit: 3000 });
    assert.ok(items.length <= 601, `${items.length} entries`);
    const counted = items.reduce((sum, { after }) => sum + Number(after?.['count']), 0);
    assert.equal(counted, 3000, 'none is lost');
  });
});
