/**
 * Segments as rows. Nothing a writer of entries does reads what another one writes: two of them never collide here. What
 * is read for one question is read by one statement, so that it sees every entry in exactly one segment.
 */
import { sql } from 'kysely';

import type { ReadTables, Tables } from '#platform/db';

import type { PlacedText } from '../search-index.ts';
import { buildSegment } from './build-segment.ts';
import type { Ordinals } from './ordinals.ts';
import {
  type Block,
  blocksOf,
  decodeEntries,
  encodeEntries,
  type SegmentEntries,
  termsOfBlock,
} from './segment-format.ts';

/** A term, or with `prefix` all that begin like it. */
export interface AskedTerm {
  readonly term: string;
  readonly prefix: boolean;
}

/** What was indexed once and is no more. */
export interface DeadEntry {
  readonly position: number;
  readonly generation: number;
}

export interface ReadSegment {
  readonly id: string;
  readonly entries: SegmentEntries;
  readonly blocks: readonly Buffer[];
}

export interface ReadIndex {
  readonly segments: readonly ReadSegment[];
  readonly dead: readonly DeadEntry[];
}

/** @returns the generation of what was added. */
export async function addSegment(tables: Tables<unknown>, texts: readonly PlacedText[]): Promise<number> {
  const next = await sql<{ generation: number }>`select nextval('knowledge_index_generations') as generation`.execute(
    tables,
  );
  const generation = next.rows[0]?.generation ?? 0;
  const { entries, terms } = buildSegment(texts, generation);
  const positions = [...entries.positions];
  await sql`insert into knowledge_index (position, generation)
    select added, ${generation}::bigint from unnest(${positions}::bigint[]) added`.execute(tables);
  await insertBlocks(tables, await insertSegment(tables, entries), [...blocksOf(terms)]);
  return generation;
}

/** @returns its id, never used again: what is known of a segment stays true. */
export async function insertSegment(tables: Tables<unknown>, entries: SegmentEntries): Promise<string> {
  const made = await sql<{ id: string }>`
    insert into knowledge_index_segments (id, size, entries)
    values (gen_random_uuid()::text, ${entries.positions.length}, ${encodeEntries(entries)}) returning id`.execute(
    tables,
  );
  return made.rows[0]?.id ?? '';
}

export async function insertBlocks(tables: Tables<unknown>, segment: string, blocks: readonly Block[]): Promise<void> {
  for (let from = 0; from < blocks.length; from += blocksPerStatement) {
    const some = blocks.slice(from, from + blocksPerStatement);
    const terms = some.map(({ firstTerm }) => firstTerm);
    const sizes = some.map(({ bytes }) => bytes.length);
    // As one value they travel as they are; each of a list of bytes would become hexadecimal text.
    const all = Buffer.concat(some.map(({ bytes }) => bytes));
    await sql`insert into knowledge_index_blocks (segment, first_term, terms)
      select ${segment}, first_term, substring(${all}::bytea from until - size + 1 for size)
      from (
        select first_term, size, sum(size) over (order by place)::integer as until
        from unnest(${terms}::text[], ${sizes}::integer[]) with ordinality as added(first_term, size, place)
      ) placed`.execute(tables);
  }
}

const blocksPerStatement = 250;

export async function removeEntries(tables: Tables<unknown>, positions: readonly number[]): Promise<void> {
  await sql`
    with gone as (
      delete from knowledge_index where position = any(${positions}::bigint[]) returning position, generation
    )
    insert into knowledge_index_dead (position, generation) select position, generation from gone`.execute(tables);
}

interface Row {
  readonly segment: string | null;
  /** Of a block; null for what is known of all its segment. */
  readonly first_term: string | null;
  /** Null of a segment whose entries are known. */
  readonly bytes: Buffer | null;
}

/** The entries of segments that were read before: a segment never changes. */
export class KnownSegments {
  readonly #entries = new Map<string, SegmentEntries>();
  #size = 0;

  get ids(): readonly string[] {
    return [...this.#entries.keys()];
  }

  /** Kept or, with bytes, read. */
  entriesOf(id: string, bytes: Buffer | null): SegmentEntries {
    const known = this.#entries.get(id);
    if (known !== undefined) {
      this.#entries.delete(id);
      this.#entries.set(id, known);
      return known;
    }
    const entries = decodeEntries(bytes ?? Buffer.of(0));
    this.#entries.set(id, entries);
    this.#size += entries.positions.length;
    for (const [oldest, { positions }] of this.#entries) {
      if (this.#size <= mostKnown || oldest === id) break;
      this.#entries.delete(oldest);
      this.#size -= positions.length;
    }
    return entries;
  }
}

/** Entries: 28 bytes each. */
const mostKnown = 200_000;

export async function readSegments(
  reads: ReadTables<unknown>,
  known: KnownSegments,
  asked: readonly AskedTerm[],
): Promise<ReadIndex> {
  const from = asked.map(({ term }) => term);
  const to = asked.map(({ term, prefix }) => (prefix ? `${term}\uffff` : null));
  // Others may be asking meanwhile, and what is known be forgotten.
  const kept = new Map(known.ids.map((id) => [id, known.entriesOf(id, null)]));
  const found = await sql<Row>`
    with picked as materialized (
      select distinct s.id as segment, b.first_term
      from knowledge_index_segments s
      cross join unnest(${from}::text[], ${to}::text[]) as asked(from_term, to_term)
      cross join lateral (
        (select first_term from knowledge_index_blocks
          where segment = s.id and first_term <= asked.from_term order by first_term desc limit 1)
        union all
        (select first_term from knowledge_index_blocks
          where segment = s.id and first_term > asked.from_term and first_term < asked.to_term)
      ) b
    )
    select id as segment, null as first_term, case when id = any(${[...kept.keys()]}::text[]) then null else entries end as bytes
      from knowledge_index_segments
    union all
    select b.segment, b.first_term, b.terms from picked p
      join knowledge_index_blocks b on b.segment = p.segment and b.first_term = p.first_term
    union all
    select null, null, convert_to(string_agg(position || ' ' || generation, ' '), 'UTF8') from knowledge_index_dead`.execute(
    reads,
  );
  const rows = Map.groupBy(found.rows, ({ segment }) => segment);
  const dead = numbersIn(rows.get(null)?.[0]?.bytes?.toString() ?? '');
  const segments = [...rows].flatMap(([id, ofSegment]): readonly ReadSegment[] => {
    if (id === null) return [];
    const bytes = ofSegment.find(({ first_term }) => first_term === null)?.bytes ?? null;
    const blocks = ofSegment.flatMap((row) => (row.first_term === null || row.bytes === null ? [] : [row.bytes]));
    return [{ id, entries: kept.get(id) ?? known.entriesOf(id, bytes), blocks }];
  });
  return { segments, dead };
}

function numbersIn(text: string): readonly DeadEntry[] {
  const numbers = text.split(' ').filter(Boolean).map(Number);
  return numbers.flatMap((position, index) =>
    index % 2 === 0 ? [{ position, generation: numbers[index + 1] ?? 0 }] : [],
  );
}

/** Of the asked terms in these blocks. */
export function postingsIn(
  blocks: readonly Buffer[],
  asked: readonly AskedTerm[],
): ReadonlyMap<string, readonly Uint8Array[]> {
  const exact = new Set(asked.flatMap(({ term, prefix }) => (prefix ? [] : [term])));
  const prefixes = asked.flatMap(({ term, prefix }) => (prefix ? [term] : []));
  const found = new Map<string, Uint8Array[]>();
  for (const block of blocks) {
    for (const { term, postings } of termsOfBlock(block)) {
      if (exact.has(term)) found.set(term, [postings]);
      for (const prefix of prefixes) {
        if (!term.startsWith(prefix)) continue;
        const ofPrefix = found.get(`${prefix}*`);
        if (ofPrefix === undefined) found.set(`${prefix}*`, [postings]);
        else ofPrefix.push(postings);
      }
    }
  }
  return found;
}

/** Entries of the segment, by number and in order, that are no more. */
export function deadIn({ positions, generations }: SegmentEntries, dead: readonly DeadEntry[]): Ordinals {
  const found = dead.flatMap(({ position, generation }) => {
    let [low, high] = [0, positions.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((positions[middle] ?? 0) < position) low = middle + 1;
      else high = middle;
    }
    // The same entry may have been indexed more than once.
    while (positions[low] === position && generations[low] !== generation) low += 1;
    return positions[low] === position ? [low] : [];
  });
  return Int32Array.from(found).sort();
}
