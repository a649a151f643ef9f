/**
 * 300 clients at once, each logged in with a key of its own and asking once a second, for a minute: mostly reading, some
 * writing. No answer may be an error, a refused one by a rate limit included. `KURA_BENCH_CLIENTS` and
 * `KURA_BENCH_SECONDS` make it smaller.
 */
import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';

import { createHome } from '../test/system/harness/kura-home.ts';
import { startServer } from '../test/system/harness/running-server.ts';
import { describeMachine } from './harness/machine.ts';

const clients = Number(process.env['KURA_BENCH_CLIENTS'] ?? 300);
const seconds = Number(process.env['KURA_BENCH_SECONDS'] ?? 60);

const reads = [
  '/api/v1/knowledge/search?q=vram',
  '/api/v1/knowledge/entries?limit=20',
  '/api/v1/models/library?limit=20',
  '/api/v1/models/search?source=catalogue&limit=20',
  '/api/v1/models/downloads?limit=20',
  '/api/v1/backups/status',
  '/api/v1/settings',
  '/api/v1/session',
];

await using home = await createHome({ KURA_CIVITAI_URL: 'http://127.0.0.1:1' });
await using server = await startServer(home);

/** An account has a bound of keys. */
const perAccount = 20;
const keys: string[] = [];
for (let index = 0; index < clients; index += 1) {
  const username = `bench-${Math.floor(index / perAccount)}`;
  if (index % perAccount === 0) {
    await make('/api/v1/users', { username, role: 'editor', password: `${username} rides 7 violet yaks` });
  }
  const scopes = ['read', 'knowledge:write'];
  const { secret } = (await make(`/api/v1/users/${username}/keys`, { name: `client ${index}`, scopes })) as Made;
  keys.push(secret);
}

const times: number[] = [];
const failures = new Map<string, number>();
const end = performance.now() + seconds * 1000;
await Promise.all(keys.map((key, index) => client(key, index)));

times.sort((a, b) => a - b);
const { cpu, cores, node } = describeMachine();
console.log(`${clients} clients, ${seconds} s; ${cpu}, ${cores} cores, Node ${node}`);
console.log(`${times.length} answers, ${(times.length / seconds).toFixed(0)} a second`);
console.log(`p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms`);
console.log(failures.size === 0 ? 'no errors' : [...failures].map(([what, count]) => `${count} × ${what}`).join('\n'));
process.exitCode = failures.size === 0 ? 0 : 1;

interface Made {
  readonly secret: string;
}

async function make(path: string, body: object): Promise<unknown> {
  const answer = await server.ask('POST', path, body);
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return answer.body;
}

/** Asks until the time is over; the next question waits for the answer, and for its second. */
async function client(key: string, index: number): Promise<void> {
  const own = { authorization: `Bearer ${key}` };
  await setTimeout((index / clients) * 1000);
  for (let turn = index; performance.now() < end; turn += 1) {
    const begun = performance.now();
    try {
      if (turn % 20 === 0) await ask('POST', '/api/v1/knowledge/entries', own, entryOf(index, turn));
      else await ask('GET', reads[turn % reads.length] ?? '/', own);
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error);
      failures.set(what, (failures.get(what) ?? 0) + 1);
    }
    const took = performance.now() - begun;
    times.push(took);
    await setTimeout(Math.max(0, 1000 - took));
  }
}

function entryOf(index: number, turn: number): object {
  return { title: `Out of VRAM ${index}-${turn}`, type: 'incident', body: 'Generating stops for lack of VRAM.' };
}

async function ask(method: string, path: string, sent: Readonly<Record<string, string>>, body?: object) {
  const response = await fetch(new URL(path, server.url), {
    method,
    headers: body === undefined ? sent : { ...sent, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  assert.ok(response.ok, `${method} ${path.split('?')[0]}: ${response.status} ${text.slice(0, 200)}`);
  return JSON.parse(text) as unknown;
}

function at(share: number): string {
  return (times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN).toFixed(0);
}
