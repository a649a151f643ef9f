/** Which entries of one segment fulfil a condition, and how often what was asked for stands in them. */
import type { TextScope } from '#engines/lexis';

import type { IndexCondition, PhraseCondition } from './index-condition.ts';
import { allOrdinals, intersection, nothing, type Ordinals, placeOf, union, without } from './ordinals.ts';
import type { PlacedEntries } from './placed-entries.ts';
import { firstBodyPlace, firstTagPlace, type SegmentEntries } from './segment-format.ts';

/** As many times as a place in the body counts one in title or tags; the same on SQLite. */
const worth = { title: 10, tags: 5, body: 1 };

export interface SegmentTerms {
  readonly entries: SegmentEntries;
  /** Where the term stands, or with `prefix` every term that begins so. */
  placed(term: string, prefix: boolean): PlacedEntries;
}

/** Where a phrase stands, within one segment. */
export interface PhraseHits {
  readonly ordinals: Ordinals;
  /** How often it stands in the entry, by what a place is worth; 0 where it does not. */
  weightIn(ordinal: number): number;
}

export class SegmentEvaluation {
  /** Of every phrase that was looked at and is not excluded. */
  readonly hits = new Map<PhraseCondition, PhraseHits>();
  readonly #segment: SegmentTerms;

  constructor(segment: SegmentTerms) {
    this.#segment = segment;
  }

  matches(condition: IndexCondition): Ordinals {
    switch (condition.op) {
      case 'phrase': {
        const hits = phraseHits(this.#segment, condition);
        this.hits.set(condition, hits);
        return hits.ordinals;
      }
      case 'not':
        return without(this.#all(), this.#excluded(condition.part));
      case 'or':
        return union(
          condition.parts.map((part) => this.matches(part)),
          this.#segment.entries.positions.length,
        );
      default:
        return this.#both(condition.parts);
    }
  }

  #both(parts: readonly IndexCondition[]): Ordinals {
    const wanted = parts.flatMap((part) => (part.op === 'not' ? [] : [this.matches(part)]));
    const [first = this.#all(), ...others] = wanted.toSorted((a, b) => a.length - b.length);
    const common = others.reduce(intersection, first);
    return parts.reduce((left, part) => (part.op === 'not' ? without(left, this.#excluded(part.part)) : left), common);
  }

  /** What is excluded is no reason for an order. */
  #excluded(condition: IndexCondition): Ordinals {
    return new SegmentEvaluation(this.#segment).matches(condition);
  }

  #all(): Ordinals {
    return allOrdinals(this.#segment.entries.positions.length);
  }
}

function phraseHits(segment: SegmentTerms, { terms, prefix, scope }: PhraseCondition): PhraseHits {
  const lists = terms.map((term, index) => segment.placed(term, prefix && index === terms.length - 1));
  const [first, second] = lists;
  if (first === undefined || lists.some(({ ordinals }) => ordinals.length === 0))
    return { ordinals: nothing, weightIn: () => 0 };
  const { titles, tags } = segment.entries;
  const indexes = lists.map(() => 0);

  /** @param once is enough to know that it stands there */
  function weigh(ordinal: number, once: boolean): number {
    const tagsFrom = firstTagPlace(titles[ordinal] ?? 0);
    const bodyFrom = firstBodyPlace(titles[ordinal] ?? 0, tags[ordinal] ?? 0);
    const [from, to] = placesAt(first, indexes[0] ?? 0);
    if (from === to) return scope === undefined && second === undefined ? worth.body : 0;
    let weight = 0;
    for (let at = from; at < to; at += 1) {
      const place = first?.places[at] ?? 0;
      const part = partOf(place, tagsFrom, bodyFrom);
      if (scope !== undefined && scope !== part) continue;
      if (!goesOn(lists, indexes, place)) continue;
      weight += worth[part];
      if (once) break;
    }
    return weight;
  }

  const ordinals = second === undefined && scope === undefined ? first.ordinals : standing(lists, indexes, weigh);
  return {
    ordinals,
    weightIn(ordinal) {
      for (const [index, list] of lists.entries()) {
        const at = placeOf(list.ordinals, ordinal);
        if (list.ordinals[at] !== ordinal) return 0;
        indexes[index] = at;
      }
      return weigh(ordinal, false);
    },
  };
}

function standing(
  lists: readonly PlacedEntries[],
  indexes: number[],
  weigh: (ordinal: number, once: boolean) => number,
): Ordinals {
  const [shortest] = lists.toSorted((a, b) => a.ordinals.length - b.ordinals.length);
  const found = new Int32Array(shortest?.ordinals.length ?? 0);
  let count = 0;
  for (const ordinal of shortest?.ordinals ?? nothing) {
    if (!moveTo(lists, indexes, ordinal) || weigh(ordinal, true) === 0) continue;
    found[count] = ordinal;
    count += 1;
  }
  return found.subarray(0, count);
}

/** Whether all have the entry. */
function moveTo(lists: readonly PlacedEntries[], indexes: number[], ordinal: number): boolean {
  for (let index = 0; index < lists.length; index += 1) {
    const list = lists[index];
    if (list === undefined) return false;
    const at = placeOf(list.ordinals, ordinal, indexes[index] ?? 0);
    indexes[index] = at;
    if (list.ordinals[at] !== ordinal) return false;
  }
  return true;
}

/** Whether each further term stands right behind the one before. */
function goesOn(lists: readonly PlacedEntries[], indexes: readonly number[], place: number): boolean {
  for (let index = 1; index < lists.length; index += 1) {
    const list = lists[index];
    if (list === undefined) return false;
    const at = indexes[index] ?? 0;
    if (!hasPlace(list, at, place + index)) return false;
  }
  return true;
}

function hasPlace({ places, starts }: PlacedEntries, index: number, wanted: number): boolean {
  const to = starts[index + 1] ?? 0;
  for (let at = starts[index] ?? 0; at < to; at += 1) {
    const place = places[at] ?? 0;
    if (place >= wanted) return place === wanted;
  }
  return false;
}

function partOf(place: number, tagsFrom: number, bodyFrom: number): TextScope {
  if (place < tagsFrom) return 'title';
  return place < bodyFrom ? 'tags' : 'body';
}

function placesAt(list: PlacedEntries | undefined, index: number): readonly [from: number, to: number] {
  return [list?.starts[index] ?? 0, list?.starts[index + 1] ?? 0];
}
