import assert from 'node:assert/strict';
import { test } from 'node:test';

import { everyText } from '#engines/lexis';

import type { PlacedText } from '../search-index.ts';
import { Answered } from './ask-postings.ts';
import { buildSegment } from './build-segment.ts';
import { SegmentEvaluation } from './evaluate.ts';
import type { IndexCondition } from './index-condition.ts';
import { without } from './ordinals.ts';
import { noEntries, type PlacedEntries, readPlaced } from './placed-entries.ts';
import { PostingsJoin } from './postings-join.ts';

/** More different terms than a table begins with room for. */
const entries = 400;
const texts = Array.from({ length: entries }, (_, number): PlacedText => {
  const words = Array.from({ length: 12 }, (__, place) => `w${(number * 31 + place * place * 7) % 1500}`);
  return {
    position: 10 + number * 2,
    title: `障害 t${number % 9} ${everyText}`,
    tags: number % 3 === 0 ? `網 ${everyText}` : '',
    body: [...words, '障害', '障害', everyText, `whole${number % 5}`].join(' '),
    facts: `${everyText}ztypezincident ${everyText}ztypezincident`,
  };
});

/** Of the same texts, term by term, as plain as it can be said. */
function expectedPlaces(term: string): ReadonlyArray<readonly [ordinal: number, places: readonly number[]]> {
  return texts.flatMap(({ title, tags, body, facts }, ordinal) => {
    const [ofTitle, ofTags, ofBody] = [title, tags, body].map((text) => (text === '' ? [] : text.split(' ')));
    if (ofTitle === undefined || ofTags === undefined || ofBody === undefined) return [];
    const bodyFrom = ofTitle.length + ofTags.length + 3;
    const placed = [
      ...ofTitle.map((one, at) => [one, at + 1] as const),
      ...ofTags.map((one, at) => [one, at + ofTitle.length + 2] as const),
      ...ofBody.map((one, at) => [one, at + bodyFrom] as const),
    ];
    const places = term === everyText ? [] : placed.flatMap(([one, at]) => (one === term ? [at] : []));
    return places.length > 0 || term === everyText || facts.split(' ').includes(term) ? [[ordinal, places]] : [];
  });
}

function placesIn({ ordinals, starts, places }: PlacedEntries) {
  return Array.from(ordinals, (ordinal, at) => [ordinal, [...places.subarray(starts[at], starts[at + 1])]]);
}

test('a segment holds every term at the places where it stands', () => {
  const built = buildSegment(texts.toReversed(), 3);
  assert.deepEqual(
    [...built.entries.positions],
    texts.map(({ position }) => position),
  );
  const seen: string[] = [];
  for (const { term, postings } of built.terms) {
    seen.push(term);
    if (seen.length % 8 === 0 || !term.startsWith('w'))
      assert.deepEqual(placesIn(readPlaced(postings)), expectedPlaces(term), term);
  }
  assert.deepEqual(seen, seen.toSorted());
  assert.ok(seen.length > 1024);
});

test('lists that are joined say what one list of all their entries says, without what is no more', () => {
  const ordinals = texts.map((_, number) => number);
  for (const isFirst of [(number: number) => number < 100, (number: number) => number % 2 === 0]) {
    const parts = [ordinals.filter(isFirst), ordinals.filter((number) => !isFirst(number))];
    const gone = new Set([0, 7, 399]);
    const join = new PostingsJoin();
    for (const part of parts) {
      const postings = listOf(part, '障害');
      assert.ok(postings);
      join.add(
        postings,
        Int32Array.from(part, (number) => (gone.has(number) ? -1 : number)),
      );
    }
    const expected = expectedPlaces('障害').filter(([ordinal]) => !gone.has(ordinal));
    assert.deepEqual(placesIn(readPlaced(join.end())), expected);
    assert.equal(join.end().length, 0);
  }
});

test('what is no more counts for nothing: the order is that of an index that never held it', () => {
  // Every third entry holds the tag, most that are gone do: rarity, length and number of entries would all be others.
  const gone = texts.flatMap((_, number) => (number % 3 === 0 && number > 30 ? [number] : []));
  const condition = { op: 'phrase', terms: ['網'], prefix: false } as const;
  const kept = texts.filter((_, number) => !gone.includes(number));
  const withDead = bestOf(texts, Int32Array.from(gone), condition);
  assert.equal(withDead.length, 11);
  assert.deepEqual(withDead, bestOf(kept, new Int32Array(), condition));
  assert.notDeepEqual(withDead, bestOf(texts, new Int32Array(), condition).slice(-11));
});

function bestOf(part: readonly PlacedText[], dead: Int32Array, condition: IndexCondition) {
  const { entries: all, terms } = buildSegment(part, 1);
  const lists = new Map<string, PlacedEntries>();
  for (const { term, postings } of terms) lists.set(term, readPlaced(postings.slice()));
  const evaluation = new SegmentEvaluation({ entries: all, placed: (term) => lists.get(term) ?? noEntries });
  const { positions, lengths } = all;
  const found = without(evaluation.matches(condition), dead);
  const answered = new Answered(
    [{ positions, lengths, dead, ordinals: found, hits: evaluation.hits }],
    part.length - dead.length,
  );
  return answered.scored(part.length);
}

function listOf(part: readonly number[], wanted: string): Uint8Array | undefined {
  const { terms } = buildSegment(
    part.flatMap((number) => texts[number] ?? []),
    1,
  );
  for (const { term, postings } of terms) if (term === wanted) return postings.slice();
  return undefined;
}
