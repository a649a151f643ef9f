/**
 * The vault beside restic and borg: the same mix of model files, texts and a living database, caches cold, encryption and
 * compression on; then very many small files. `KURA_BENCH_SHARE=0.1` makes the mix smaller, `KURA_BENCH_ROUNDS` the runs
 * fewer, `KURA_BENCH_STEPS=first,verify` chooses (the first one is what the others need), `KURA_BENCH_FILES` says how
 * many small files (0: none), `KURA_BENCH_PEERS=restic` leaves borg out.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { makeBackupMix } from './vault/backup-mix.ts';
import { measureManySmall, writeManySmall } from './vault/many-small.ts';
import { scoreboard } from './vault/scoreboard.ts';
import { type Bench, compareRestored, measureStep, type StepResult, steps } from './vault/steps.ts';
import { borgTool, kuraTool, resticTool, type Tool } from './vault/tools.ts';

const { env } = process;
const share = Number(env['KURA_BENCH_SHARE'] ?? 1);
const rounds = Number(env['KURA_BENCH_ROUNDS'] ?? 3);
const files = Number(env['KURA_BENCH_FILES'] ?? 20_000);
const wanted = env['KURA_BENCH_STEPS']?.split(',') ?? steps.map(({ area }) => area);
const peers = env['KURA_BENCH_PEERS']?.split(',') ?? ['restic', 'borg'];
const makers = { restic: resticTool, borg: borgTool } as const;

await using cleanup = new AsyncDisposableStack();
const folder = await mkdtemp(join(tmpdir(), 'kura-bench-vault-'));
cleanup.defer(() => rm(folder, { recursive: true, force: true }));

if (share > 0) await measureMix();
if (files > 0) await measureSmallFiles();

async function measureMix(): Promise<void> {
  const mix = await makeBackupMix(join(folder, 'mix'), share);
  const bench: Bench = { mix, tools: await toolsFor(mix.folder), folder, rounds };
  const results: StepResult[] = [];
  for (const step of steps.filter(({ area }) => wanted.includes(area))) results.push(await measureStep(step, bench));
  if (wanted.includes('restore')) await compareRestored(bench);
  const table = scoreboard(results);
  console.log(table);
  const kept = join(import.meta.dirname, 'results');
  await mkdir(kept, { recursive: true });
  await writeFile(join(kept, 'vault.md'), table);
  await writeFile(join(kept, 'vault.json'), `${JSON.stringify(results, undefined, 2)}\n`);
}

async function measureSmallFiles(): Promise<void> {
  const source = join(folder, 'many');
  await writeManySmall(source, files);
  const tools = (await toolsFor(source)).filter(({ name }) => name !== 'borg');
  await measureManySmall(tools, files, folder);
}

async function toolsFor(source: string): Promise<readonly Tool[]> {
  const place = { folder: join(folder, 'tools'), source };
  await mkdir(place.folder, { recursive: true });
  const others = Object.entries(makers).filter(([name]) => peers.includes(name));
  return [await kuraTool(place), ...(await Promise.all(others.map(([, make]) => make(place))))];
}
