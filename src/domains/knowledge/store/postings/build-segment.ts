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

export interface BuiltSegment {
  readonly entries: SegmentEntries;
  /** In order. */
  readonly terms: readonly TermPostings[];
}

export function buildSegment(texts: readonly PlacedText[], generation: number): BuiltSegment {
  const sorted = texts.toSorted((a, b) => a.position - b.position);
  const entries = emptyEntries(sorted.length);
  const collected = new Map<string, TermCollector>();
  function note(term: string, ordinal: number, place?: number): void {
    let ofTerm = collected.get(term);
    if (ofTerm === undefined) {
      ofTerm = new TermCollector();
      collected.set(term, ofTerm);
    }
    ofTerm.note(ordinal, place);
  }
  for (const [ordinal, text] of sorted.entries()) {
    const [title, tags, body, facts] = [text.title, text.tags, text.body, text.facts].map(termsIn);
    if (title === undefined || tags === undefined || body === undefined || facts === undefined) continue;
    entries.positions[ordinal] = text.position;
    entries.generations[ordinal] = generation;
    entries.titles[ordinal] = title.length;
    entries.tags[ordinal] = tags.length;
    entries.lengths[ordinal] = title.length + tags.length + body.length + facts.length;
    for (const fact of [everyText, ...facts]) note(fact, ordinal);
    for (const [terms, first] of [
      [title, 1],
      [tags, firstTagPlace(title.length)],
      [body, firstBodyPlace(title.length, tags.length)],
    ] as const) {
      let place = first;
      // The innermost loop of an import: an iterator of pairs would take as long as the rest of it.
      for (const term of terms) {
        if (term !== everyText) note(term, ordinal, place);
        place += 1;
      }
    }
  }
  const names = [...collected.keys()].sort();
  const writer = new ByteWriter();
  return {
    entries,
    terms: names.map((term) => ({ term, postings: collected.get(term)?.end(writer) ?? new Uint8Array() })),
  };
}

function termsIn(text: string): readonly string[] {
  return text === '' ? [] : text.split(' ');
}

class TermCollector {
  /** As they will be written; arrays of bytes for each term from the beginning would take longer than the terms. */
  readonly #numbers: number[] = [];
  readonly #places: number[] = [];
  #written = 0;
  #ordinal = -1;

  /** Entries in order, and the places in each. */
  note(ordinal: number, place: number | undefined): void {
    if (ordinal !== this.#ordinal) {
      this.#flush();
      this.#ordinal = ordinal;
    }
    if (place !== undefined) this.#places.push(place);
  }

  end(writer: ByteWriter): Uint8Array {
    this.#flush();
    for (const number of this.#numbers) writer.number(number);
    return writer.take();
  }

  #flush(): void {
    if (this.#ordinal < 0) return;
    const count = this.#places.length;
    const kind = Math.min(count, placesOfEntry.many);
    this.#numbers.push((this.#ordinal - this.#written) * 4 + kind);
    this.#written = this.#ordinal;
    if (kind === placesOfEntry.many) this.#numbers.push(count);
    let last = 0;
    for (const place of this.#places) {
      this.#numbers.push(place - last);
      last = place;
    }
    this.#places.length = 0;
  }
}
