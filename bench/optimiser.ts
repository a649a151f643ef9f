/**
 * What finding the number of connections out is worth: how much of a file comes in the same time over each of the lines
 * with 1, 4 and 16 connections and with as many as the optimiser decides on. The lines are shaped by a server in a process
 * of its own, so this says what the network allows, not what this machine can do. About four minutes a round;
 * `npm run bench optimiser [LINE ...]` measures some lines only, KURA_BENCH_ROUNDS=3 gives medians of three rounds.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { createSteering, downloadFile, type TransferRequest } from '#engines/transfer';
import { systemClock, systemRandom } from '#kernel/clock';
import { MIB, SECOND } from '#kernel/units';

import { describeMachine } from './harness/machine.ts';
import { median } from './harness/summary.ts';
import { type ProfileName, profiles } from './optimiser/profiles.ts';

interface Brought {
  /** MiB/s. */
  readonly rate: number;
  readonly connections: number;
}

type Manner = Pick<TransferRequest, 'connections' | 'mode'>;

const rounds = Number(process.env['KURA_BENCH_ROUNDS'] ?? 1);
const adaptive = 'adaptive';
const manners: Readonly<Record<string, Manner>> = {
  [adaptive]: { mode: 'adaptive' },
  'fixed 1': { connections: 1 },
  'fixed 4': { connections: 4 },
  'fixed 16': { connections: 16 },
};

const wanted = process.argv.slice(2);
const names = Object.keys(profiles).filter(isProfileName);
const folder = await mkdtemp(join(tmpdir(), 'kura-bench-optimiser-'));
const server = spawn(process.execPath, [fileURLToPath(new URL('optimiser/shaping-server.ts', import.meta.url))], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
try {
  const [said] = await once(server.stdout, 'data');
  const origin = String(said).trim();
  const { cpu, cores, system, node } = describeMachine();
  console.log(`${cpu}, ${cores} cores, ${system}, Node ${node}, load ${loadavg()[0]?.toFixed(1)}`);
  console.log(`medians of ${rounds} interleaved rounds: MiB/s, and in brackets how many connections brought them\n`);
  console.log(`| line | ${Object.keys(manners).join(' | ')} | adaptive is faster by (1, 4, 16) |`);
  console.log(`| --- |${' ---: |'.repeat(Object.keys(manners).length + 1)}`);
  for (const name of names.filter((each) => wanted.length === 0 || wanted.includes(each))) {
    console.log(row(name, await measure(name, origin)));
  }
} finally {
  server.stdin.end();
  await rm(folder, { recursive: true, force: true });
}

/** What each manner brought in each round. */
async function measure(name: ProfileName, origin: string): Promise<ReadonlyMap<string, Brought[]>> {
  const all = new Map(Object.keys(manners).map((manner): [string, Brought[]] => [manner, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [manner, request] of turned(Object.entries(manners), round)) {
      await fetch(`${origin}/${name}?begin`);
      all.get(manner)?.push(await fetchFor(profiles[name].seconds, `${origin}/${name}`, request));
    }
  }
  return all;
}

async function fetchFor(seconds: number, url: string, manner: Manner): Promise<Brought> {
  const place = await mkdtemp(join(folder, 'run-'));
  const startedAt = performance.now();
  const seen: { readonly at: number; readonly bytes: number; readonly connections: number }[] = [];
  using steering = createSteering(systemClock);
  const request: TransferRequest = {
    source: { url },
    target: join(place, 'file.bin'),
    hashes: [],
    signal: AbortSignal.timeout(seconds * SECOND),
    onProgress: ({ receivedBytes, connections }) => {
      seen.push({ at: performance.now() - startedAt, bytes: receivedBytes, connections });
    },
    ...manner,
  };
  await downloadFile(request, { clock: systemClock, random: systemRandom, steering }).then(
    () => assert.fail('the file ended before its time'),
    (error: unknown) => assert.ok(request.signal?.aborted, String(error)),
  );
  await rm(place, { recursive: true });
  const last = seen.at(-1);
  const connections = seen.reduce((sum, each) => sum + each.connections, 0) / Math.max(1, seen.length);
  return { rate: last ? (last.bytes * SECOND) / last.at / MIB : 0, connections };
}

function row(name: ProfileName, brought: ReadonlyMap<string, readonly Brought[]>): string {
  const all = Object.keys(manners).map((manner) => brought.get(manner) ?? []);
  const rates = all.map((each) => median(each.map(({ rate }) => rate)));
  const cells = all.map(
    (each, index) => `${rates[index]?.toFixed(1)} (${median(each.map(({ connections }) => connections)).toFixed(1)})`,
  );
  const [ours = Number.NaN, ...others] = rates;
  const ratios = others.map((other) => `${(ours / other).toFixed(2)} ×`);
  return `| ${[profiles[name].title, ...cells, ratios.join(', ')].join(' | ')} |`;
}

function turned<T>(items: readonly T[], by: number): readonly T[] {
  const at = by % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
}

function isProfileName(name: string): name is ProfileName {
  return name in profiles;
}
