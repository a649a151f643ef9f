/**
 * Makes one segment of several: fewer are asked faster, and what is no more leaves the index. Only one at a time does
 * that, and in a transaction of entries only now and then, because it reads what all who write add to.
 */
import { sql } from 'kysely';

import type { Tables } from '#platform/db';

import { nothing, type Ordinals } from './ordinals.ts';
import { PostingsJoin } from './postings-join.ts';
import {
  type Block,
  blocksOf,
  decodeEntries,
  emptyEntries,
  type SegmentEntries,
  type TermPostings,
  termsOfBlock,
} from './segment-format.ts';
import { type DeadEntry, deadIn, insertBlocks, insertSegment } from './segment-tables.ts';

/** Any number, the same for every Kura. */
const POSTGRES_LOCK = 4_870_115_115;

/** Joining these few thousand takes less than a second; more would keep who saves an entry waiting. */
const largest = 16_384;
/** So many of one size become one of the next. */
const alike = 4;

interface SegmentSize {
  readonly id: string;
  readonly size: number;
}

/** @returns whether more is to do. @param all also joins those that are not alike in size. */
export async function mergeSome(tables: Tables<unknown>, all: boolean): Promise<boolean> {
  const locked = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(${POSTGRES_LOCK}) as mine`.execute(
    tables,
  );
  if (locked.rows[0]?.mine !== true) return false;
  const { rows } = await sql<SegmentSize>`select id, size from knowledge_index_segments order by size, id`.execute(
    tables,
  );
  const { rows: dead } = await sql<DeadEntry>`select position, generation from knowledge_index_dead`.execute(tables);
  const total = rows.reduce((sum, { size }) => sum + size, 0);
  const isLadenWithDead = dead.length > Math.max(fewDead, total / 8);
  const worst = isLadenWithDead ? await mostDead(tables, dead) : [];
  const chosen = worst.length > 0 ? worst : choose(rows, all);
  if (chosen.length === 0) return false;
  await merge(tables, chosen, dead);
  const others = rows.filter(({ id }) => !chosen.includes(id));
  return all && (worst.length > 0 || choose(others, all).length > 0);
}

/** What is small is joined; what is full stays. */
function choose(segments: readonly SegmentSize[], all: boolean): readonly string[] {
  const small = segments.filter(({ size }) => size < largest / 2);
  const group = all ? small : smallestAlike(small);
  let sum = 0;
  const fitting = group.filter(({ size }) => {
    sum += size;
    return sum <= largest;
  });
  return fitting.length < 2 ? [] : fitting.map(({ id }) => id);
}

/** The segment of which most is no more: it is written anew without that. */
async function mostDead(tables: Tables<unknown>, dead: readonly DeadEntry[]): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string; entries: Buffer }>`
    select id, entries from knowledge_index_segments`.execute(tables);
  const counted = rows.map(({ id, entries }) => ({ id, count: deadIn(decodeEntries(entries), dead).length }));
  const [most] = counted.toSorted((one, other) => other.count - one.count);
  return most === undefined || most.count === 0 ? [] : [most.id];
}

const fewDead = 2000;

/** With everything smaller than they are. */
function smallestAlike(sorted: readonly SegmentSize[]): readonly SegmentSize[] {
  const levels = [...Map.groupBy(sorted, ({ size }) => Math.floor(Math.log(size) / Math.log(alike)))];
  const full = levels.findLastIndex(([, ofLevel]) => ofLevel.length >= alike);
  return levels.slice(0, full + 1).flatMap(([, ofLevel]) => ofLevel);
}

interface Source {
  readonly id: string;
  readonly entries: SegmentEntries;
  /** New number by old; -1 of what is no more. */
  readonly ordinals: Int32Array;
}

async function merge(tables: Tables<unknown>, ids: readonly string[], dead: readonly DeadEntry[]): Promise<void> {
  const found = await sql<{ id: string; entries: Buffer }>`
    select id, entries from knowledge_index_segments where id = any(${ids}::text[])`.execute(tables);
  const sources = found.rows.map(({ id, entries: bytes }): Source => {
    const entries = decodeEntries(bytes);
    return { id, entries, ordinals: new Int32Array(entries.positions.length).fill(-1) };
  });
  const gone = sources.map(({ entries }) => deadIn(entries, dead));
  const entries = numberAnew(sources, gone);
  if (entries.positions.length > 0) {
    const segment = await insertSegment(tables, entries);
    let blocks: Block[] = [];
    for await (const some of mergedBlocks(tables, sources)) {
      blocks.push(...some);
      if (blocks.length < blocksAtOnce) continue;
      await insertBlocks(tables, segment, blocks);
      blocks = [];
    }
    await insertBlocks(tables, segment, blocks);
  }
  await sql`delete from knowledge_index_blocks where segment = any(${ids}::text[])`.execute(tables);
  await sql`delete from knowledge_index_segments where id = any(${ids}::text[])`.execute(tables);
  const forgotten = sources.flatMap(({ entries: of }, place) =>
    Array.from(
      gone[place] ?? nothing,
      (ordinal) => [of.positions[ordinal] ?? 0, of.generations[ordinal] ?? 0] as const,
    ),
  );
  if (forgotten.length === 0) return;
  await sql`
    delete from knowledge_index_dead d
    using unnest(${forgotten.map(([position]) => position)}::bigint[], ${forgotten.map(([, of]) => of)}::bigint[])
      as forgotten(position, generation)
    where d.position = forgotten.position and d.generation = forgotten.generation`.execute(tables);
}

const blocksAtOnce = 250;

/** What lives, in order of position. */
function numberAnew(sources: readonly Source[], gone: readonly Ordinals[]): SegmentEntries {
  const living = sources.flatMap((source, place) => {
    const dead = new Set(gone[place]);
    return Array.from(source.entries.positions, (position, ordinal) => ({ source, position, ordinal })).filter(
      ({ ordinal }) => !dead.has(ordinal),
    );
  });
  living.sort((one, other) => one.position - other.position);
  const merged = emptyEntries(living.length);
  for (const [place, { source, ordinal }] of living.entries()) {
    source.ordinals[ordinal] = place;
    for (const part of ['positions', 'generations', 'titles', 'tags', 'lengths'] as const)
      merged[part][place] = source.entries[part][ordinal] ?? 0;
  }
  return merged;
}

interface Tagged extends TermPostings {
  readonly source: Source;
}

/** Terms of all sources in step: those that no block still to be read can hold are written. */
async function* mergedBlocks(tables: Tables<unknown>, sources: readonly Source[]): AsyncGenerator<readonly Block[]> {
  const byId = new Map(sources.map((source) => [source.id, source]));
  const ids = [...byId.keys()];
  let waiting = new Map<string, Tagged[]>();
  let after = '';
  for (;;) {
    const { rows } = await sql<{ segment: string; first_term: string; terms: Buffer }>`
      select segment, first_term, terms from knowledge_index_blocks
      where segment = any(${ids}::text[]) and first_term > ${after}
        and first_term <= (
          select max(first_term) from (
            select first_term from knowledge_index_blocks
            where segment = any(${ids}::text[]) and first_term > ${after} order by first_term limit ${blocksAtOnce}
          ) next
        )
      order by first_term`.execute(tables);
    for (const { segment, terms } of rows) {
      const source = byId.get(segment);
      if (source === undefined) continue;
      for (const { term, postings } of termsOfBlock(terms)) {
        const same = waiting.get(term);
        if (same === undefined) waiting.set(term, [{ term, postings, source }]);
        else same.push({ term, postings, source });
      }
    }
    const last = rows.at(-1)?.first_term;
    // A block that begins further on holds nothing before it begins; one read already may reach beyond.
    const names = [...waiting.keys()].sort();
    const ready = last === undefined ? names : names.filter((name) => name <= last);
    yield [...blocksOf(joinedTerms(ready, waiting))];
    if (last === undefined) return;
    waiting = new Map(names.slice(ready.length).map((name) => [name, waiting.get(name) ?? []]));
    after = last;
  }
}

/** Segments of an import follow each other: put in order by this, their lists do, too. */
function firstOf({ entries }: Source): number {
  return entries.positions[0] ?? 0;
}

function* joinedTerms(names: readonly string[], tagged: ReadonlyMap<string, Tagged[]>): Generator<TermPostings> {
  const join = new PostingsJoin();
  for (const term of names) {
    const lists = tagged.get(term) ?? [];
    if (lists.length > 1) lists.sort((one, other) => firstOf(one.source) - firstOf(other.source));
    for (const { postings, source } of lists) join.add(postings, source.ordinals);
    const postings = join.end();
    if (postings.length > 0) yield { term, postings };
  }
}
