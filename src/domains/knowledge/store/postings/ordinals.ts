/** Sets of entries by number, in order, each once; what a question is made of. */
export type Ordinals = Int32Array;

export const nothing: Ordinals = new Int32Array();

export function allOrdinals(count: number): Ordinals {
  const all = new Int32Array(count);
  for (let ordinal = 0; ordinal < count; ordinal += 1) all[ordinal] = ordinal;
  return all;
}

/** Place of the first that is not smaller, from `from`; in steps that grow, as it is mostly near. */
export function placeOf(ordinals: Ordinals, wanted: number, from = 0): number {
  let low = from;
  let step = 1;
  while (low + step < ordinals.length && at(ordinals, low + step) < wanted) {
    low += step;
    step *= 2;
  }
  let high = Math.min(ordinals.length, low + step + 1);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (at(ordinals, middle) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function intersection(few: Ordinals, many: Ordinals): Ordinals {
  return kept(few, many, true);
}

export function without(ordinals: Ordinals, excluded: Ordinals): Ordinals {
  return excluded.length === 0 ? ordinals : kept(ordinals, excluded, false);
}

function kept(ordinals: Ordinals, others: Ordinals, isWanted: boolean): Ordinals {
  const left = new Int32Array(ordinals.length);
  let count = 0;
  let place = 0;
  for (const ordinal of ordinals) {
    place = placeOf(others, ordinal, place);
    if ((place < others.length && at(others, place) === ordinal) !== isWanted) continue;
    left[count] = ordinal;
    count += 1;
  }
  return left.subarray(0, count);
}

/** @param size beyond every number in them */
export function union(lists: readonly Ordinals[], size: number): Ordinals {
  const [first = nothing, second, ...others] = lists.filter(({ length }) => length > 0);
  if (second === undefined) return first;
  const isIn = new Uint8Array(size);
  for (const list of [first, second, ...others]) for (const ordinal of list) isIn[ordinal] = 1;
  const found = new Int32Array(size);
  let count = 0;
  for (let ordinal = 0; ordinal < size; ordinal += 1) {
    if (isIn[ordinal] === 0) continue;
    found[count] = ordinal;
    count += 1;
  }
  return found.subarray(0, count);
}

/** Without a check for undefined, which a place in reach is never. */
function at(ordinals: Ordinals, place: number): number {
  return ordinals[place] ?? 0;
}
