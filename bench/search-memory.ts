/**
 * Memory of `kura models search --limit all` over 100,000 models (M-049): first as the site sends them, page by page into
 * catalogue and list, then out of the catalogue. Each walk is a process of its own that runs the command itself; only
 * the far side of the network is generated. `KURA_BENCH_MODELS` makes it smaller.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { z } from 'zod';

import type { Model } from '#engines/civitai';
import { modelsCommands, modelsRoutes } from '#models';
import type { ModelSource } from '#models/ports';
import { runCommand, translators } from '../src/domains/models/testing/command-runner.ts';
import { openModels } from '../src/domains/models/testing/open-models.ts';
import { generateModels } from './catalogue-data/generate-models.ts';
import { describeMachine, peakBytes } from './harness/machine.ts';

const wanted = Number(process.env['KURA_BENCH_MODELS'] ?? 100_000);
const PAGE = 100;
const MIB = 1024 * 1024;
const answerSchema = z.object({ items: z.array(z.unknown()) });

const [task, folder = ''] = process.argv.slice(2);
if (task === 'site' || task === 'catalogue') await walk(task);
else await measureBoth();

async function measureBoth(): Promise<void> {
  const { cpu, cores, node } = describeMachine();
  console.log(`${wanted} models; ${cpu}, ${cores} cores, Node ${node}`);
  console.log('| walk through | rows | s | heap MiB after 10 % | 50 % | all | peak of the process, MiB |');
  console.log('| --- | ---: | ---: | ---: | ---: | ---: | ---: |');
  const place = await mkdtemp(join(tmpdir(), 'kura-bench-memory-'));
  try {
    for (const source of ['site', 'catalogue']) {
      const argv = [...process.execArgv, '--expose-gc', import.meta.filename, source, place];
      const child = spawn(process.execPath, argv, { stdio: 'inherit' });
      const [code] = await once(child, 'exit');
      if (code !== 0) throw new Error(`the walk through the ${source} ended with ${String(code)}`);
    }
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

async function walk(source: 'site' | 'catalogue'): Promise<void> {
  const heap: number[] = [];
  const marks = [0.1, 0.5].map((share) => Math.round(wanted * share));
  let given = 0;
  function noteGiven(count: number): void {
    given += count;
    while (heap.length < marks.length && given >= (marks[heap.length] ?? Number.POSITIVE_INFINITY))
      heap.push(usedMib());
  }
  const databaseUrl = `sqlite:${join(folder, 'kura.sqlite')}`;
  await using opened = await openModels({ databaseUrl, home: folder, source: generatedSite(noteGiven) });
  const output = join(folder, `${source}.jsonl`);
  const started = performance.now();
  const handlers = modelsRoutes(opened.models, translators).map((handler) => ({
    ...handler,
    handle: async (...asked: Parameters<typeof handler.handle>) => {
      const answer = await handler.handle(...asked);
      if (source === 'catalogue' && handler.route.id === 'models.search') noteGiven(itemsIn(answer));
      return answer;
    },
  }));
  const argv = ['models', 'search', '--source', source, '--nsfw', 'all', '--limit', 'all', '--output', output];
  const { code, stderr } = await runCommand(modelsCommands, argv, { open: async () => opened.models, handlers });
  if (code !== 0) throw new Error(stderr);
  heap.push(usedMib());
  const seconds = Math.round((performance.now() - started) / 1000);
  const peak = Math.round(peakBytes() / MIB);
  console.log(`| ${source} | ${await linesOf(output)} | ${seconds} | ${heap.join(' | ')} | ${peak} |`);
}

/** What lives after everything that is over has been collected. */
function usedMib(): number {
  globalThis.gc?.();
  return Math.round(process.memoryUsage().heapUsed / MIB);
}

/** A site whose pages are made when they are asked for; like the product's walk it goes forward only. */
function generatedSite(onPage: (models: number) => void): ModelSource {
  const batches = generateModels(Number.POSITIVE_INFINITY, PAGE);
  let current: { readonly index: number; readonly models: readonly Model[] } = { index: -1, models: [] };
  function pageAt(index: number): readonly Model[] {
    while (current.index < index) {
      const next = batches.next();
      current = { index: current.index + 1, models: next.done === true ? [] : next.value };
      onPage(current.models.length);
    }
    if (current.index > index) throw new Error('the walk went back');
    return current.models;
  }
  const pages = Math.ceil(wanted / PAGE);
  function never(): never {
    throw new Error('not asked by a search');
  }
  return {
    siteUrl: 'https://civitai.com',
    refHosts: [],
    model: never,
    version: never,
    versionByHash: never,
    enums: never,
    imagePages: never,
    fileAddress: never,
    sentAddress: never,
    modelPages: async function* (query) {
      for (let index = Number(query.cursor ?? 0); index < pages; index += 1) {
        const nextCursor = index + 1 < pages ? String(index + 1) : null;
        const sent = { sentParameters: [], notSent: [], recheck: [] };
        const page = { ...sent, items: pageAt(index), nextCursor, suspectEnd: [], skipped: [], extra: {} };
        yield { kind: 'page', page, duplicates: 0 };
      }
      yield { kind: 'end' };
    },
  };
}

function itemsIn(answer: unknown): number {
  return answerSchema.parse(answer).items.length;
}

async function linesOf(path: string): Promise<number> {
  let lines = 0;
  for await (const _line of createInterface({ input: createReadStream(path) })) lines += 1;
  return lines;
}
