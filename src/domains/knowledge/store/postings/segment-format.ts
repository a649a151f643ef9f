/**
 * How a segment – the index of some entries, never changed once written – looks in bytes. Its entries are numbered from 0
 * in order of position. Of a term: by how much each entry's number exceeds the one before, times four, plus 0 where the
 * term has no place in it, 1 for one place, 2 for a count and as many; places, too, by how much they exceed the one before.
 *
 * Places of an entry: title from 1, then after a gap the tags, then after a gap the body, so that no phrase reaches over.
 */
import { ByteReader, ByteWriter } from './bytes.ts';

/** The entries of a segment by number. */
export interface SegmentEntries {
  readonly positions: Float64Array;
  /** Tells what was indexed anew from what was indexed before of the same entry. */
  readonly generations: Float64Array;
  /** Terms of the title, of the tags, and of everything. */
  readonly titles: Uint32Array;
  readonly tags: Uint32Array;
  readonly lengths: Uint32Array;
}

export interface TermPostings {
  readonly term: string;
  readonly postings: Uint8Array;
}

/** Some neighbouring terms. */
export interface Block {
  readonly firstTerm: string;
  readonly bytes: Buffer;
}

export const placesOfEntry = { none: 0, one: 1, many: 2 } as const;

export function firstTagPlace(titleLength: number): number {
  return titleLength + 2;
}

export function firstBodyPlace(titleLength: number, tagsLength: number): number {
  return titleLength + tagsLength + 3;
}

export function encodeEntries(entries: SegmentEntries): Buffer {
  const out = new ByteWriter();
  const { positions, generations, titles, tags, lengths } = entries;
  out.number(positions.length);
  let last = 0;
  for (const [ordinal, position] of positions.entries()) {
    out.number(position - last);
    last = position;
    for (const numbers of [generations, titles, tags, lengths]) out.number(numbers[ordinal] ?? 0);
  }
  return out.take();
}

export function emptyEntries(count: number): SegmentEntries {
  return {
    positions: new Float64Array(count),
    generations: new Float64Array(count),
    titles: new Uint32Array(count),
    tags: new Uint32Array(count),
    lengths: new Uint32Array(count),
  };
}

export function decodeEntries(bytes: Uint8Array): SegmentEntries {
  const from = new ByteReader(bytes);
  const count = from.number();
  const entries = emptyEntries(count);
  let last = 0;
  for (let ordinal = 0; ordinal < count; ordinal += 1) {
    last += from.number();
    entries.positions[ordinal] = last;
    for (const numbers of [entries.generations, entries.titles, entries.tags, entries.lengths])
      numbers[ordinal] = from.number();
  }
  return entries;
}

/** A block is read whole for any of its terms; a frequent term has one for itself. */
const usualBlock = 3000;

/** @param terms In order, each once. */
export function* blocksOf(terms: Iterable<TermPostings>): Generator<Block> {
  const out = new ByteWriter();
  let firstTerm = '';
  for (const { term, postings } of terms) {
    if (out.length > 0 && out.length + postings.length > usualBlock) yield { firstTerm, bytes: out.take() };
    if (out.length === 0) firstTerm = term;
    const name = Buffer.from(term);
    out.number(name.length);
    out.copy(name);
    out.number(postings.length);
    out.copy(postings);
  }
  if (out.length > 0) yield { firstTerm, bytes: out.take() };
}

export function* termsOfBlock(bytes: Buffer): Generator<TermPostings> {
  const from = new ByteReader(bytes);
  while (!from.isAtEnd) {
    const size = from.number();
    const term = bytes.toString('utf8', from.at, from.at + size);
    from.at += size;
    yield { term, postings: from.take(from.number()) };
  }
}
