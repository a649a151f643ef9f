/** The estate over HTTP: 100 people whose pages ask once a second, each for something else, and a monthly report. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { createHome } from '../../test/system/harness/kura-home.ts';
import { startServer } from '../../test/system/harness/running-server.ts';
import { cpuOfProcess } from '../harness/machine.ts';
import { quantile } from './quantile.ts';

const clients = 100;
const seconds = Number(process.env['KURA_BENCH_SECONDS'] ?? 20);

type Path = (n: number) => string;

const paths: Readonly<Record<string, Path>> = {
  'list, 50 by key': () => '/api/v1/backups/jobs?limit=50',
  'list, 50 worst': () => '/api/v1/backups/jobs?limit=50&order=worst',
  'list, text and tag': () => '/api/v1/backups/jobs?limit=50&q=data%2F1&tag=team-3',
  'list, page 30': () => '/api/v1/backups/jobs?limit=50&offset=1450&order=last-run&descending=true',
  'detail of a job': (n) => `/api/v1/backups/status/job-${n}`,
  'runs of a job': (n) => `/api/v1/backups/runs?job=job-${n}&limit=50`,
  'runs of all': () => '/api/v1/backups/runs?limit=50',
  'trend of a job': (n) => `/api/v1/backups/jobs/job-${n}/trend?days=90`,
  'dashboard: summary': () => '/api/v1/backups/summary',
  'dashboard: trend': () => '/api/v1/backups/trend?days=90',
};

export async function askOverHttp(url: string, jobs: number): Promise<void> {
  await using home = await createHome({ KURA_DATABASE_URL: url, KURA_LIMITS_API_PER_MINUTE: '1000000' });
  await using server = await startServer(home);
  const token = (await readFile(join(home.path, 'run', 'admin-token'), 'utf8')).trim();
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const names = Object.keys(paths);
  const times = new Map<string, number[]>(names.map((name) => [name, []]));
  let errors = 0;

  async function once(round: number): Promise<number> {
    const name = names[round % names.length] ?? '';
    const begun = performance.now();
    const status = await get(server.url + (paths[name]?.((round * 31) % jobs) ?? '/'), { agent, token });
    const took = performance.now() - begun;
    if (status === 200) times.get(name)?.push(took);
    else errors += 1;
    return took;
  }

  for (const [name, path] of Object.entries(paths)) {
    const { status, body } = await server.ask('GET', path(1));
    assert.equal(status, 200, `${name}: ${JSON.stringify(body).slice(0, 300)}`);
  }
  await calm(server.process.pid);
  const before = cpuOfProcess(server.process.pid);
  const until = performance.now() + seconds * 1000;
  async function client(n: number): Promise<void> {
    await sleep(n * 10);
    for (let round = n; performance.now() < until; round += 1) await sleep(Math.max(0, 1000 - (await once(round))));
  }
  await Promise.all(Array.from({ length: clients }, (_, n) => client(n)));
  agent.destroy();
  const all = [...times.values()].flat();
  console.log(`over HTTP, ${clients} clients, ${all.length} answers in ${seconds} s, ${errors} errors: ${said(all)}`);
  const cpu = (1000 * (cpuOfProcess(server.process.pid) - before)) / all.length;
  console.log(`  ${cpu.toFixed(1)} ms of CPU of the server per answer`);
  for (const [name, own] of times) console.log(`  ${name}: ${said(own)}`);
  const begun = performance.now();
  const made = await server.ask('POST', '/api/v1/backups/documents', { kind: 'monthly', format: 'pdf' });
  assert.ok(made.status < 300, JSON.stringify(made).slice(0, 300));
  console.log(`monthly report as PDF: ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  console.log(`load ${loadavg()[0]?.toFixed(1)}`);
}

/** A server that starts judges everything once. */
async function calm(pid: number): Promise<void> {
  for (let last = -1, now = cpuOfProcess(pid); now - last > 0.1; now = cpuOfProcess(pid)) {
    last = now;
    await sleep(2000);
  }
}

function said(times: readonly number[]): string {
  return `p50 ${quantile(times, 0.5).toFixed(1)} ms, p95 ${quantile(times, 0.95).toFixed(1)} ms`;
}

interface Asking {
  readonly agent: Agent;
  readonly token: string;
}

function get(url: string, { agent, token }: Asking): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, headers: { authorization: `Bearer ${token}` } }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode));
      response.once('error', reject);
    });
    sent.once('error', reject);
    sent.end();
  });
}
