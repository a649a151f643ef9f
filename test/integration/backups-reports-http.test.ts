import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { openWholeSite, type WholeSite } from './whole-site/open-whole-site.ts';

const times = { startedAt: '2026-11-20T03:00:00+09:00', endedAt: '2026-11-20T03:20:00+09:00' };

async function registerJobs(site: WholeSite, bearer: string): Promise<void> {
  for (const key of ['sql', 'web']) {
    const job = { key, source: 'VM', target: 'hyperv1' };
    assert.equal((await site.ask('POST', '/api/v1/backups/jobs', { bearer, body: job })).status, 201);
    const copy = {
      repository: `nas:${key}`,
      engine: 'reported',
      tool: 'veeam',
      site: 'tokyo',
      media: 'nas',
      name: 'nas',
    };
    assert.equal((await site.ask('POST', `/api/v1/backups/jobs/${key}/copies`, { bearer, body: copy })).status, 201);
  }
}

describe('a key for reports', () => {
  it('hands in what its job did and can do nothing else; the status says what became of each', async () => {
    await using site = await openWholeSite();
    await site.addUser('boss', 'admin');
    const admin = await site.addKey('boss', ['system:configure', 'backups:run', 'backups:report', 'backups:read']);
    await registerJobs(site, admin);
    const session = await site.logIn('boss');
    const wide = { name: 'k', scopes: ['ingest', 'read'], boundTo: ['sql'] };
    const refused = await site.ask('POST', '/api/v1/users/me/keys', { session, body: wide });
    assert.deepEqual([refused.status, refused.code], [422, 'identity.key-bound-too-wide']);
    const made = await site.ask('POST', '/api/v1/users/me/keys', { session, body: { ...wide, scopes: ['ingest'] } });
    const { secret: bearer, key } = made.body;
    assert.deepEqual([made.status, key.boundTo], [201, ['sql']]);

    async function report(changes: object): Promise<readonly [number, string | undefined]> {
      const body = { job: 'sql', run: '1', tool: 'veeam', result: 'success', ...times, ...changes };
      const { status, code } = await site.ask('POST', '/api/v1/backups/reports', { bearer, body });
      return [status, code];
    }
    assert.deepEqual(await report({}), [201, undefined]);
    assert.deepEqual(await report({}), [200, undefined]);
    assert.deepEqual(await report({ result: 'failed' }), [409, 'backups.report-conflict']);
    assert.deepEqual(await report({ run: '2', job: 'web' }), [403, 'backups.report-not-yours']);
    assert.deepEqual(await report({ run: '2', endedAt: '2099-01-01T00:00:00Z' }), [422, 'backups.report-future']);
    assert.deepEqual((await report({ run: '2', startedAt: '2026-11-20T03:00:00' }))[0], 422, 'a time without its zone');
    assert.equal((await site.ask('GET', '/api/v1/backups/jobs', { bearer })).status, 403);
    assert.equal((await site.ask('POST', '/api/v1/backups/jobs/sql/run', { bearer })).status, 403);

    const rotated = await site.ask('POST', `/api/v1/users/me/keys/${key.id}/rotate`, { session, body: {} });
    assert.deepEqual(rotated.body.key.boundTo, ['sql']);
    const unknown = { job: 'nobody', run: '1', tool: 'veeam', result: 'success', ...times };
    assert.equal((await site.ask('POST', '/api/v1/backups/reports', { bearer: admin, body: unknown })).status, 202);
  });
});
