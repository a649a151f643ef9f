/** Conditions answered from the segments: which entries, how many, which newest, which best. */
import type { ReadTables } from '#platform/db';

import { type PhraseHits, SegmentEvaluation } from './evaluate.ts';
import { type IndexCondition, type PhraseCondition, phrasesIn } from './index-condition.ts';
import { intersection, type Ordinals, without } from './ordinals.ts';
import { joinedPlaced, noEntries, type PlacedEntries, readPlaced } from './placed-entries.ts';
import {
  type AskedTerm,
  deadIn,
  type KnownSegments,
  postingsIn,
  type ReadIndex,
  readSegments,
} from './segment-tables.ts';

export interface ScoredEntry {
  readonly position: number;
  readonly score: number;
}

/**
 * For one question, which may set several conditions one after the other: what was read of a segment, which never changes,
 * is not read again for the next. Which segments there are, and what is no more, is.
 */
export class Postings {
  readonly #known: KnownSegments;
  /** By segment and term, an asterisk behind prefixes. */
  readonly #placed = new Map<string, Map<string, PlacedEntries>>();
  readonly #read = new Set<string>();

  constructor(known: KnownSegments) {
    this.#known = known;
  }

  async ask(reads: ReadTables<unknown>, conditions: readonly IndexCondition[]): Promise<readonly Answered[]> {
    if (conditions.length === 0) return [];
    const asked = askedTerms(conditions.flatMap(phrasesIn));
    const unread = asked.filter((one) => !this.#read.has(keyOf(one)));
    let index = await readSegments(reads, this.#known, unread);
    // Of a segment that came meanwhile everything is still to be read, also what is not asked for just now.
    if (this.#read.size > 0 && index.segments.some(({ id }) => !this.#placed.has(id))) {
      this.#placed.clear();
      this.#read.clear();
      if (unread.length < asked.length) index = await readSegments(reads, this.#known, asked);
      this.#keep(index, asked);
    } else this.#keep(index, unread);
    const total = countEntries(index);
    const segments = index.segments.map(({ id, entries }) => {
      const ofSegment = this.#placed.get(id);
      return {
        entries,
        dead: deadIn(entries, index.dead),
        placed: (term: string, prefix: boolean) => ofSegment?.get(prefix ? `${term}*` : term) ?? noEntries,
      };
    });
    return conditions.map((condition) => {
      const parts = segments.map((segment): AnsweredPart => {
        const evaluation = new SegmentEvaluation(segment);
        const ordinals = without(evaluation.matches(condition), segment.dead);
        const { positions, lengths } = segment.entries;
        return { positions, lengths, dead: segment.dead, ordinals, hits: evaluation.hits };
      });
      return new Answered(parts, total);
    });
  }

  #keep({ segments }: ReadIndex, asked: readonly AskedTerm[]): void {
    for (const { id, entries, blocks } of segments) {
      const placed = this.#placed.get(id) ?? new Map<string, PlacedEntries>();
      this.#placed.set(id, placed);
      for (const [key, postings] of postingsIn(blocks, asked)) {
        const [only = noEntries, ...others] = postings.map(readPlaced);
        placed.set(key, others.length === 0 ? only : joinedPlaced([only, ...others], entries.positions.length));
      }
    }
    for (const one of asked) this.#read.add(keyOf(one));
  }
}

function keyOf({ term, prefix }: AskedTerm): string {
  return prefix ? `${term}*` : term;
}

function askedTerms(phrases: readonly PhraseCondition[]): readonly AskedTerm[] {
  const asked = new Map<string, AskedTerm>();
  for (const { terms, prefix } of phrases) {
    for (const [index, term] of terms.entries()) {
      const one = { term, prefix: prefix && index === terms.length - 1 };
      asked.set(keyOf(one), one);
    }
  }
  return [...asked.values()];
}

function countEntries({ segments, dead }: ReadIndex): number {
  return segments.reduce((sum, { entries }) => sum + entries.positions.length, 0) - dead.length;
}

interface AnsweredPart {
  readonly positions: Float64Array;
  readonly lengths: Uint32Array;
  /** What is no more counts for nothing, as if it had left the segment already. */
  readonly dead: Ordinals;
  readonly ordinals: Ordinals;
  readonly hits: ReadonlyMap<PhraseCondition, PhraseHits>;
}

interface FoundEntry {
  readonly position: number;
  readonly ordinal: number;
  readonly part: AnsweredPart;
}

export class Answered {
  readonly #parts: readonly AnsweredPart[];
  readonly #entries: number;

  constructor(parts: readonly AnsweredPart[], entries: number) {
    this.#parts = parts;
    this.#entries = entries;
  }

  get total(): number {
    return this.#parts.reduce((sum, { ordinals }) => sum + ordinals.length, 0);
  }

  /** The last positions, newest first. */
  newest(limit = Number.POSITIVE_INFINITY): readonly number[] {
    const found = this.#parts.map(({ ordinals, positions }) => {
      const last = limit < ordinals.length ? ordinals.subarray(-limit) : ordinals;
      return Float64Array.from(last, (ordinal) => positions[ordinal] ?? 0);
    });
    const all = new Float64Array(found.reduce((sum, { length }) => sum + length, 0));
    let filled = 0;
    for (const part of found) {
      all.set(part, filled);
      filled += part.length;
    }
    return Array.from(all.sort().reverse().subarray(0, limit));
  }

  /** The last `most`, best first, by BM25 as FTS5 reckons it (https://sqlite.org/fts5.html#the_bm25_function). */
  scored(most: number): readonly ScoredEntry[] {
    const phrases = this.#phrases();
    const average = this.#averageLength();
    return this.#newest(most)
      .map(({ position, ordinal, part }) => {
        const length = (part.lengths[ordinal] ?? 0) / average;
        let score = 0;
        for (const { rarity, hits } of phrases) {
          const ofPart = hits.get(part);
          const times = ofPart?.weightIn(ordinal) ?? 0;
          score += (rarity * (times * (k1 + 1))) / (times + k1 * (1 - b + b * length));
        }
        return { position, score };
      })
      .sort((one, other) => other.score - one.score || other.position - one.position);
  }

  /** A part has them in order: of each the last are enough. */
  #newest(limit: number): readonly FoundEntry[] {
    return this.#parts
      .flatMap((part) =>
        Array.from(
          limit < part.ordinals.length ? part.ordinals.subarray(-limit) : part.ordinals,
          (ordinal): FoundEntry => {
            return { position: part.positions[ordinal] ?? 0, ordinal, part };
          },
        ),
      )
      .sort((one, other) => other.position - one.position)
      .slice(0, limit);
  }

  #phrases() {
    const found = new Map<PhraseCondition, Map<AnsweredPart, PhraseHits>>();
    for (const part of this.#parts) {
      for (const [phrase, hits] of part.hits) {
        const ofPhrase = found.get(phrase) ?? new Map<AnsweredPart, PhraseHits>();
        found.set(phrase, ofPhrase.set(part, hits));
      }
    }
    return [...found.values()].map((hits) => {
      let holding = 0;
      for (const [{ dead }, { ordinals }] of hits) {
        holding += ordinals.length;
        if (dead.length > 0) holding -= intersection(dead, ordinals).length;
      }
      const rarity = Math.log((this.#entries - holding + 0.5) / (holding + 0.5));
      return { hits, rarity: rarity > 0 ? rarity : leastRarity };
    });
  }

  #averageLength(): number {
    let [sum, count] = [0, 0];
    for (const { lengths, dead } of this.#parts) {
      for (const length of lengths) sum += length;
      for (const ordinal of dead) sum -= lengths[ordinal] ?? 0;
      count += lengths.length - dead.length;
    }
    return Math.max(1, sum / Math.max(1, count));
  }
}

const k1 = 1.2;
const b = 0.75;
const leastRarity = 1e-6;
