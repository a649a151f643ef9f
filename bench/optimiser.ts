/**
 * What finding the number of connections out is worth: the same file over four lines, with 1, 4 and 16 connections and
 * with as many as the optimiser decides on, each in turn. The lines are shaped by a server in a process of its own, so
 * wall times say what the network allows, not what this machine can do.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { createSteering, downloadFile, type TransferRequest } from '#engines/transfer';
import { systemClock, systemRandom } from '#kernel/clock';
import { SECOND } from '#kernel/units';

import { describeMachine } from './harness/machine.ts';
import { median } from './harness/summary.ts';
import { type ProfileName, profiles } from './optimiser/profiles.ts';

type Manner = Pick<TransferRequest, 'connections' | 'mode'>;

const ROUNDS = 3;
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
  console.log(
    `${cpu}, ${cores} cores, ${system}, Node ${node}; ${ROUNDS} interleaved rounds, medians of wall seconds\n`,
  );
  console.log(`| line | ${Object.keys(manners).join(' | ')} | adaptive is faster by (1, 4, 16) |`);
  console.log(`| --- |${' ---: |'.repeat(Object.keys(manners).length + 1)}`);
  for (const name of names.filter((each) => wanted.length === 0 || wanted.includes(each))) {
    console.log(row(name, await measure(name, origin)));
  }
} finally {
  server.stdin.end();
  await rm(folder, { recursive: true, force: true });
}

/** Seconds of each round by manner. */
async function measure(name: ProfileName, origin: string): Promise<ReadonlyMap<string, number[]>> {
  const seconds = new Map(Object.keys(manners).map((manner): [string, number[]] => [manner, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [manner, request] of turned(Object.entries(manners), round)) {
      await fetch(`${origin}/${name}?begin`);
      seconds.get(manner)?.push(await secondsFor(`${origin}/${name}`, request));
    }
  }
  return seconds;
}

async function secondsFor(url: string, manner: Manner): Promise<number> {
  const target = join(folder, 'file.bin');
  const startedAt = performance.now();
  using steering = createSteering(systemClock);
  const request = { source: { url }, target, hashes: [], ...manner };
  {
    await using staged = await downloadFile(request, { clock: systemClock, random: systemRandom, steering });
    await staged.commit();
  }
  const seconds = (performance.now() - startedAt) / SECOND;
  await rm(target);
  return seconds;
}

function row(name: ProfileName, seconds: ReadonlyMap<string, number[]>): string {
  const medians = Object.keys(manners).map((manner) => median(seconds.get(manner) ?? []));
  const [ours = Number.NaN, ...others] = medians;
  const ratios = others.map((other) => `${(other / ours).toFixed(2)} ×`);
  return `| ${[profiles[name].title, ...medians.map((each) => each.toFixed(2)), ratios.join(', ')].join(' | ')} |`;
}

function turned<T>(items: readonly T[], by: number): readonly T[] {
  const at = by % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
}

function isProfileName(name: string): name is ProfileName {
  return name in profiles;
}
