import assert from 'node:assert/strict';
import { it } from 'node:test';

import { type ApiRequest, createApiClient } from '#platform/contract';

import { activeJobs } from './active-jobs.ts';

const keys = ['accounts', 'builds', 'crm', 'docs', 'erp'];

/** As a server with these jobs answers. */
async function answer({ path }: ApiRequest) {
  const asked = new URL(path, 'http://server').searchParams;
  assert.equal(asked.get('state'), 'active');
  const from = Number(asked.get('offset'));
  const items = keys.slice(from, from + Number(asked.get('limit'))).map((key) => jobCalled(key));
  return { status: 200, body: JSON.stringify({ items, total: keys.length }) };
}

function jobCalled(key: string) {
  const at = '2026-01-01T00:00:00.000Z';
  return {
    key,
    title: key,
    description: '',
    kind: 'files',
    owner: null,
    criticality: 'normal',
    dataClass: null,
    tags: [],
    rpoMinutes: null,
    rtoMinutes: null,
    retentionDays: null,
    policy: null,
    source: `/srv/${key}`,
    target: null,
    site: 'main',
    everyHours: 24,
    verifyEveryDays: 30,
    active: true,
    pausedUntil: null,
    pauseReason: null,
    archivedAt: null,
    archiveReason: null,
    legalHold: null,
    createdAt: at,
    updatedAt: at,
    copies: [],
    verdict: null,
    schedule: null,
  };
}

it('all jobs of a server are found, however many it hands out at once', async () => {
  const server = createApiClient(answer);
  for (const pageSize of [1, 2, 5, 9]) {
    assert.deepEqual(
      (await activeJobs((route, input) => server.call(route, input), pageSize)).map(({ key }) => key),
      keys,
    );
  }
});
