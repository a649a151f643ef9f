/**
 * How many reports of other programs one server takes: each a request of its own over HTTP with an API key, durable when it is
 * answered. Then the server is killed with SIGKILL under load, and every report it had answered must be there.
 * `npm run bench ingest`; KURA_BENCH_REPORTS changes the number.
 */
import assert from 'node:assert/strict';
import { Agent, request } from 'node:http';
import { loadavg } from 'node:os';

import { createHome, type KuraHome } from '../test/system/harness/kura-home.ts';
import { type RunningServer, startServer } from '../test/system/harness/running-server.ts';
import { cpuOfProcess } from './harness/machine.ts';

const reports = Number(process.env['KURA_BENCH_REPORTS'] ?? '6000');
const jobs = 200;
const clients = 64;
const environment = { KURA_LIMITS_INGEST_PER_HOUR: '1000000', KURA_LIMITS_API_PER_MINUTE: '100000' };

await using home = await createHome(environment);
const key = await prepare(home);
const rates: number[] = [];
const cpu: number[] = [];
for (let round = 0; round < 3; round += 1) {
  await using server = await startServer(home);
  const before = cpuOfProcess(server.process.pid);
  rates.push(await measure(server, round));
  cpu.push((1000 * (cpuOfProcess(server.process.pid) - before)) / reports);
  await server.stop();
}
const lost = await killUnderLoad(home);
const median = Math.round(rates.toSorted((a, b) => a - b)[1] ?? 0);
const cpuMs = cpu.toSorted((a, b) => a - b)[1] ?? 0;
console.log(
  JSON.stringify({
    area: 'ingest',
    reportsPerRound: reports,
    clients,
    jobs,
    reportsPerSecond: rates.map(Math.round),
    median,
    wanted: 300,
    /** Of the server; what it would take with a core of its own is a thousand by this. */
    cpuMsPerReport: Math.round(cpuMs * 100) / 100,
    ...lost,
    loadAverage: loadavg()[0],
  }),
);
// Where others take the CPU, the time it takes on the clock says nothing; what it costs does.
assert.ok(1000 / cpuMs >= 300, `${cpuMs} ms of CPU per report`);
assert.equal(lost.lost, 0);

async function prepare(place: KuraHome): Promise<string> {
  await using server = await startServer(place);
  for (let job = 0; job < jobs; job += 1) {
    const wanted = { key: `job-${job}`, source: `VM ${job}`, target: `host-${job % 20}` };
    assert.equal((await server.ask('POST', '/api/v1/backups/jobs', wanted)).status, 201);
    const copy = {
      repository: `nas:${job}`,
      engine: 'reported',
      tool: 'other',
      site: 'main',
      media: 'nas',
      name: 'nas',
    };
    assert.equal((await server.ask('POST', `/api/v1/backups/jobs/job-${job}/copies`, copy)).status, 201);
  }
  await server.ask('POST', '/api/v1/users', {
    username: 'bench',
    role: 'operator',
    password: 'long enough for a bench',
  });
  const made = await server.ask('POST', '/api/v1/users/bench/keys', { name: 'bench', scopes: ['ingest'] });
  const { secret } = made.body as { readonly secret: string };
  assert.ok(secret, JSON.stringify(made));
  await server.stop();
  return secret;
}

async function measure(server: RunningServer, round: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  let next = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (next < reports) {
        const number = next;
        next += 1;
        assert.equal(await post(server.url, agent, reportOf(number, `${round}-${number}`)), 201);
      }
    }),
  );
  agent.destroy();
  return reports / ((performance.now() - began) / 1000);
}

/** Reports answered before the kill that the next server does not know. */
async function killUnderLoad(place: KuraHome): Promise<{ readonly answered: number; readonly lost: number }> {
  const answered: { readonly number: number; readonly run: string }[] = [];
  {
    await using server = await startServer(place);
    const agent = new Agent({ keepAlive: true, maxSockets: clients });
    const wanted = Math.min(1000, reports / 2);
    await Promise.all(
      Array.from({ length: clients }, async (_, client) => {
        for (let number = client; ; number += clients) {
          const run = `kill-${number}`;
          const status = await post(server.url, agent, reportOf(number, run)).catch(() => undefined);
          if (status === undefined) return;
          answered.push({ number, run });
          if (answered.length === wanted) server.process.kill('SIGKILL');
        }
      }),
    );
    agent.destroy();
  }
  await using server = await startServer(place);
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  let lost = 0;
  for (const { number, run } of answered) if ((await post(server.url, agent, reportOf(number, run))) !== 200) lost += 1;
  agent.destroy();
  await server.stop();
  return { answered: answered.length, lost };
}

function reportOf(number: number, run: string): string {
  const at = new Date(Date.UTC(2026, 0, 1) + number * 60_000).toISOString();
  const result = number % 10 === 0 ? 'warning' : 'success';
  const facts = { tool: 'other', result, startedAt: at, endedAt: at, bytes: 1_000_000, files: 100 };
  return JSON.stringify({ job: `job-${number % jobs}`, run, ...facts });
}

function post(url: string, agent: Agent, body: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(
      new URL('/api/v1/backups/reports', url),
      {
        method: 'POST',
        agent,
        headers: {
          authorization: `Bearer ${key}`,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
        },
      },
      (response) => {
        response.resume().once('end', () => resolve(response.statusCode));
        response.once('error', reject);
      },
    );
    sent.once('error', reject);
    sent.end(body);
  });
}
