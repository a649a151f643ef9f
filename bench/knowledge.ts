/**
 * Search quality on the labelled set: the whole knowledge search on both databases beside other engines, in one run.
 * Figures on tuned and held-out queries apart, ours also on the everyday set; then what ours misses on the tuned ones.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startPostgres } from '#stand-ins/postgres';

import {
  importQualityTexts,
  type MeasuredQuery,
  measureSearch,
} from '../src/domains/knowledge/testing/measure-search.ts';
import { openKnowledge } from '../src/domains/knowledge/testing/open-knowledge.ts';
import { type Quality, qualityOf, summarised } from '../src/engines/lexis/testing/quality-measure.ts';
import { type QualitySet, readQualityQueries, readQualityTexts } from '../src/engines/lexis/testing/quality-set.ts';
import { describeMachine } from './harness/machine.ts';
import { openPeers, type Peer, withPostgresPeers } from './knowledge/peers.ts';

const texts = readQualityTexts();
const queries = readQualityQueries();
const { cpu, cores, node } = describeMachine();
console.log(`${texts.length} texts, ${queries.length} queries; ${cpu}, ${cores} cores, Node ${node}\n`);
console.log('| engine | queries | recall@10 | MRR | nDCG@10 | first three | without hit | forbidden |');
console.log('| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |');

const folder = await mkdtemp(join(tmpdir(), 'kura-bench-knowledge-'));
try {
  const ours = await measureOurs(`sqlite:${join(folder, 'kura.sqlite')}`);
  print('Kura on SQLite', ours);
  const everyday = await measureOurs(`sqlite:${join(folder, 'everyday.sqlite')}`, 'everyday');
  print('Kura on SQLite, everyday set', everyday);
  await using server = await startPostgres();
  print('Kura on PostgreSQL', await measureOurs(await server.createDatabase()));
  for (const peer of await openPeers(texts)) print(peer.name, await measurePeer(peer));
  await withPostgresPeers(texts, async (peers) => {
    for (const peer of peers) print(peer.name, await measurePeer(peer));
  });
  printMisses([...ours, ...everyday]);
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function measureOurs(url: string, set: QualitySet = 'first'): Promise<readonly MeasuredQuery[]> {
  await using open = await openKnowledge(url);
  await importQualityTexts(open.knowledge, set);
  return await measureSearch(open.knowledge, set);
}

async function measurePeer(opened: Peer): Promise<readonly MeasuredQuery[]> {
  await using peer = opened;
  const measured: MeasuredQuery[] = [];
  for (const query of queries) {
    const found = await peer.search(query);
    measured.push({ query, found, quality: qualityOf(query, found) });
  }
  return measured;
}

function print(engine: string, measured: readonly MeasuredQuery[]): void {
  for (const part of ['dev', 'held-out'] as const) {
    const some = measured.filter(({ query }) => query.part === part).map(({ quality }) => quality);
    console.log(`| ${engine} | ${part} (${some.length}) | ${cells(summarised(some)).join(' | ')} |`);
  }
}

function cells({ recall, mrr, ndcg, firstThree, withoutHit, forbidden }: Quality): readonly string[] {
  return [...[recall, mrr, ndcg, firstThree].map((value) => value.toFixed(3)), String(withoutHit), String(forbidden)];
}

function printMisses(measured: readonly MeasuredQuery[]): void {
  for (const { query, found, quality } of measured.filter(({ query: { part } }) => part === 'dev')) {
    if (quality.recall === 1 && quality.firstThree === 1) continue;
    console.log(`\nnot as judged (${query.kind}): ${query.text} → ${found.slice(0, 5).join(', ') || 'nothing'}`);
  }
}
