/** Makes the segment of some entries. */
import { everyText } from '#engines/lexis';

import type { PlacedText } from '../search-index.ts';
import { ByteWriter } from './bytes.ts';
import {
  emptyEntries,
  firstBodyPlace,
  firstTagPlace,
  placesOfEntry,
  type SegmentEntries,
  type TermPostings,
} from './segment-format.ts';
import { enlarged, TermTable } from './term-table.ts';

export interface BuiltSegment {
  readonly entries: SegmentEntries;
  /** In order; the bytes of one are there until the next is asked for. */
  readonly terms: Iterable<TermPostings>;
}

export function buildSegment(texts: readonly PlacedText[], generation: number): BuiltSegment {
  const sorted = texts.toSorted((a, b) => a.position - b.position);
  const entries = emptyEntries(sorted.length);
  const table = new TermTable();
  const found = new Occurrences();
  // Its places stay empty: a phrase does not reach over it.
  let every = -1;
  table.read(everyText, (term) => {
    every = term;
  });
  for (const [ordinal, { position, title, tags, body, facts }] of sorted.entries()) {
    found.add(every, ordinal, unplaced);
    let place = 0;
    function note(term: number): void {
      if (term !== every) found.add(term, ordinal, place);
      place += 1;
    }
    function count(text: string, first: number): number {
      place = first;
      table.read(text, note);
      return place - first;
    }
    const ofTitle = count(title, 1);
    const ofTags = count(tags, firstTagPlace(ofTitle));
    const ofBody = count(body, firstBodyPlace(ofTitle, ofTags));
    let ofFacts = 0;
    table.read(facts, (fact) => {
      found.add(fact, ordinal, unplaced);
      ofFacts += 1;
    });
    entries.positions[ordinal] = position;
    entries.generations[ordinal] = generation;
    entries.titles[ordinal] = ofTitle;
    entries.tags[ordinal] = ofTags;
    entries.lengths[ordinal] = ofTitle + ofTags + ofBody + ofFacts;
  }
  return { entries, terms: postingsOf(table, found) };
}

/** Real places begin at 1. */
const unplaced = 0;

/** Where terms stand, in order of entries. */
class Occurrences {
  #terms = new Int32Array(1024);
  #ordinals = new Int32Array(1024);
  #places = new Int32Array(1024);
  #count = 0;

  add(term: number, ordinal: number, place: number): void {
    const at = this.#count;
    if (at === this.#terms.length) {
      this.#terms = enlarged(this.#terms, Int32Array);
      this.#ordinals = enlarged(this.#ordinals, Int32Array);
      this.#places = enlarged(this.#places, Int32Array);
    }
    this.#terms[at] = term;
    this.#ordinals[at] = ordinal;
    this.#places[at] = place;
    this.#count = at + 1;
  }

  /** Those of term n begin at `starts[n]`; the order of each stays. */
  byTerm(terms: number): { readonly starts: Int32Array; readonly ordinals: Int32Array; readonly places: Int32Array } {
    const starts = new Int32Array(terms + 1);
    for (let at = 0; at < this.#count; at += 1) {
      const next = (this.#terms[at] ?? 0) + 1;
      starts[next] = (starts[next] ?? 0) + 1;
    }
    for (let term = 0; term < terms; term += 1) starts[term + 1] = (starts[term + 1] ?? 0) + (starts[term] ?? 0);
    const free = starts.slice();
    const ordinals = new Int32Array(this.#count);
    const places = new Int32Array(this.#count);
    for (let at = 0; at < this.#count; at += 1) {
      const term = this.#terms[at] ?? 0;
      const to = free[term] ?? 0;
      free[term] = to + 1;
      ordinals[to] = this.#ordinals[at] ?? 0;
      places[to] = this.#places[at] ?? 0;
    }
    return { starts, ordinals, places };
  }
}

function* postingsOf(table: TermTable, found: Occurrences): Generator<TermPostings> {
  const { starts, ordinals, places } = found.byTerm(table.count);
  const writer = new ByteWriter();
  for (const { number, term } of table.inOrder()) {
    const end = starts[number + 1] ?? 0;
    let written = 0;
    let at = starts[number] ?? 0;
    while (at < end) {
      const ordinal = ordinals[at] ?? 0;
      let next = at;
      while (next < end && ordinals[next] === ordinal) next += 1;
      // A fact may have been told twice, but stands nowhere.
      const count = places[at] === unplaced ? 0 : next - at;
      const kind = Math.min(count, placesOfEntry.many);
      writer.number((ordinal - written) * 4 + kind);
      written = ordinal;
      if (kind === placesOfEntry.many) writer.number(count);
      let last = 0;
      for (let placed = at; placed < at + count; placed += 1) {
        const place = places[placed] ?? 0;
        writer.number(place - last);
        last = place;
      }
      at = next;
    }
    yield { term, postings: writer.view() };
  }
}
