/** Entries that changed, compared closely with those near them. */
import { normalise } from '#engines/lexis';
import { nowInstant } from '#kernel/clock';
import type { Actor } from '#platform/unit-of-work';

import {
  type ChangePlace,
  type FoundPair,
  noteLookedUntil,
  pairKey,
  partnersOf,
  replacePairsOf,
} from '../../store/duplicate-store.ts';
import { findEntries } from '../../store/entry-store.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import type { EntriesDeps } from '../entries/entry-changes.ts';
import type { Entry } from '../entries/entry-content.ts';
import { relatedEntries } from '../search/related-entries.ts';
import type { SearchDeps } from '../search/search-request.ts';
import { leastSimilarity, pairsOf, similarity } from './text-similarity.ts';

type LookDeps = EntriesDeps & SearchDeps;

/** Compared closely, of each. */
const mostCandidates = 20;
const looker: Actor = { kind: 'system', id: 'knowledge', name: 'knowledge' };

/** What changed is compared with what is near it; `last` is where the next look begins. */
export async function lookAt(deps: LookDeps, changed: readonly ChangePlace[], last: ChangePlace): Promise<void> {
  const { database, unitOfWork, clock } = deps;
  const reads = database.tables<KnowledgeTables>();
  const entries = await findEntries(
    reads,
    'position',
    changed.map(({ position }) => position),
  );
  // Searching takes longer than writing, so it is done before the transaction.
  const found: FoundPair[] = [];
  for (const entry of entries) found.push(...(await likePairs(deps, entry)));
  const ids = entries.map(({ id }) => id);
  const at = nowInstant(clock);
  await unitOfWork.write(looker, async (tx) => {
    const tables = tx.tables<KnowledgeTables>();
    await replacePairsOf(tables, ids, found, at);
    await noteLookedUntil(tables, last);
  });
}

async function likePairs(deps: LookDeps, entry: Entry): Promise<readonly FoundPair[]> {
  const reads = deps.database.tables<KnowledgeTables>();
  const near = await relatedEntries(deps, entry, { scope: undefined, limit: mostCandidates });
  // Who is near is not asked both ways alike, so that pairs found before are looked at again.
  const ids = new Set([...near.map(({ id }) => id), ...(await partnersOf(reads, entry.id))]);
  ids.delete(entry.id);
  const own = pairsOf(entry);
  return (await findEntries(reads, 'id', [...ids]))
    .map((other) => ({ other, value: similarity(own, pairsOf(other)) }))
    .filter(({ value }) => value >= leastSimilarity)
    .map(({ other, value }) => ({
      ...pairKey(entry.id, other.id),
      perMille: Math.min(1000, Math.round(value * 1000)),
      method: saysTheSame(entry, other) ? 'identical' : 'neighbours',
    }));
}

function saysTheSame(one: Entry, other: Entry): boolean {
  return spelt(one.title) === spelt(other.title) && spelt(one.body) === spelt(other.body);
}

function spelt(text: string): string {
  return normalise(text).text.replaceAll(/\s+/gu, ' ').trim();
}
