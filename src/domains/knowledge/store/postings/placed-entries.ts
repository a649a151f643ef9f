/** The entries a term stands in, with its places in each. */
import { ByteReader } from './bytes.ts';
import type { Ordinals } from './ordinals.ts';
import { placesOfEntry } from './segment-format.ts';

export interface PlacedEntries {
  readonly ordinals: Ordinals;
  /** Where the places of each begin; those of the last end at the last number. */
  readonly starts: Int32Array;
  /** In order within each entry. */
  readonly places: Int32Array;
}

export const noEntries: PlacedEntries = {
  ordinals: new Int32Array(),
  starts: new Int32Array(1),
  places: new Int32Array(),
};

export function readPlaced(bytes: Uint8Array): PlacedEntries {
  const from = new ByteReader(bytes);
  // No number takes less than a byte.
  const ordinals = new Int32Array(bytes.length);
  const starts = new Int32Array(bytes.length + 1);
  const places = new Int32Array(bytes.length);
  let [count, placed, ordinal] = [0, 0, 0];
  while (!from.isAtEnd) {
    const head = from.number();
    ordinal += head >>> 2;
    ordinals[count] = ordinal;
    starts[count] = placed;
    count += 1;
    const kind = head & 3;
    let left = kind === placesOfEntry.many ? from.number() : kind;
    for (let place = 0; left > 0; left -= 1) {
      place += from.number();
      places[placed] = place;
      placed += 1;
    }
  }
  starts[count] = placed;
  return {
    ordinals: ordinals.slice(0, count),
    starts: starts.slice(0, count + 1),
    places: places.slice(0, placed),
  };
}

/** Of several terms as if they were one. @param size beyond every number in them */
export function joinedPlaced(lists: readonly PlacedEntries[], size: number): PlacedEntries {
  const isIn = new Uint8Array(size);
  const placed = new Int32Array(size + 1);
  for (const { ordinals, starts } of lists) {
    for (const [index, ordinal] of ordinals.entries()) {
      isIn[ordinal] = 1;
      placed[ordinal] = (placed[ordinal] ?? 0) + (starts[index + 1] ?? 0) - (starts[index] ?? 0);
    }
  }
  const ordinals: number[] = [];
  const starts: number[] = [];
  let sum = 0;
  for (let ordinal = 0; ordinal < size; ordinal += 1) {
    const own = placed[ordinal] ?? 0;
    placed[ordinal] = sum;
    if (isIn[ordinal] === 1) {
      ordinals.push(ordinal);
      starts.push(sum);
    }
    sum += own;
  }
  starts.push(sum);
  const places = new Int32Array(sum);
  for (const list of lists) {
    for (const [index, ordinal] of list.ordinals.entries()) {
      const own = list.places.subarray(list.starts[index], list.starts[index + 1]);
      places.set(own, placed[ordinal]);
      placed[ordinal] = (placed[ordinal] ?? 0) + own.length;
    }
  }
  for (const [index, start] of starts.entries()) places.subarray(start, starts[index + 1]).sort();
  return { ordinals: Int32Array.from(ordinals), starts: Int32Array.from(starts), places };
}
