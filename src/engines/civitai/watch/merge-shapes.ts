/** Putting shapes together; in any order and grouping the result is the same. */
import {
  type AnswerShape,
  type FieldShape,
  type JsonType,
  jsonTypes,
  parentOf,
  type TextForm,
  textForms,
} from './answer-shape.ts';

/** Fields kept per endpoint; the fullest answer known today has about 150. */
export const MOST_FIELDS = 600;
/** More different words than this are no closed list. */
export const MOST_VALUES = 120;

export const emptyShape: AnswerShape = {
  version: 1,
  answers: 0,
  statuses: {},
  contentTypes: {},
  headers: {},
  longestBody: 0,
  emptyEnds: 0,
  fields: {},
  truncated: false,
};

export function mergeShapes(a: AnswerShape, b: AnswerShape): AnswerShape {
  const paths = new Set([...Object.keys(a.fields), ...Object.keys(b.fields)]);
  const kept = keptPaths(paths);
  return {
    version: 1,
    answers: a.answers + b.answers,
    statuses: addCounts(a.statuses, b.statuses),
    contentTypes: addCounts(a.contentTypes, b.contentTypes),
    headers: addCounts(a.headers, b.headers),
    longestBody: Math.max(a.longestBody, b.longestBody),
    emptyEnds: a.emptyEnds + b.emptyEnds,
    fields: Object.fromEntries(kept.map((path) => [path, mergeFields(a.fields[path], b.fields[path])])),
    truncated: a.truncated || b.truncated || kept.length < paths.size,
  };
}

/** Shallow ones first, then by name: always the same choice, whatever was merged before. */
export function keptPaths(paths: Iterable<string>): readonly string[] {
  return [...paths].sort(byDepthThenName).slice(0, MOST_FIELDS);
}

function byDepthThenName(a: string, b: string): number {
  const deeper = depthOf(a) - depthOf(b);
  if (deeper !== 0) return deeper;
  return a < b ? -1 : Number(a > b);
}

function depthOf(path: string): number {
  let depth = 0;
  for (let parent = parentOf(path); parent !== undefined; parent = parentOf(parent)) depth += 1;
  return depth;
}

export function mergeFields(a: FieldShape | undefined, b: FieldShape | undefined): FieldShape {
  if (a === undefined || b === undefined) return a ?? b ?? emptyField;
  return {
    seen: a.seen + b.seen,
    types: addKnown<JsonType>(jsonTypes, a.types, b.types),
    forms: addKnown<TextForm>(textForms, a.forms, b.forms),
    values: mergeValues(a.values, b.values),
    numbers: mergeRanges(a.numbers, b.numbers),
    lengths: mergeRanges(a.lengths, b.lengths),
  };
}

export const emptyField: FieldShape = { seen: 0, types: {}, forms: {}, values: {}, numbers: null, lengths: null };

function mergeValues(a: FieldShape['values'], b: FieldShape['values']): FieldShape['values'] {
  if (a === null || b === null) return null;
  const merged = addCounts(a, b);
  return Object.keys(merged).length > MOST_VALUES ? null : merged;
}

function mergeRanges(a: FieldShape['numbers'], b: FieldShape['numbers']): FieldShape['numbers'] {
  if (a === null || b === null) return a ?? b;
  return { min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) };
}

/** Without a prototype: words of strangers such as `__proto__` are ordinary keys here. */
function addCounts(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>) {
  const counts = new Map(Object.entries(a));
  for (const [key, times] of Object.entries(b)) counts.set(key, (counts.get(key) ?? 0) + times);
  return Object.fromEntries([...counts].sort(([one], [other]) => (one < other ? -1 : 1)));
}

function addKnown<Key extends string>(
  keys: readonly Key[],
  a: Readonly<Partial<Record<Key, number>>>,
  b: Readonly<Partial<Record<Key, number>>>,
): Partial<Record<Key, number>> {
  const sums: Partial<Record<Key, number>> = {};
  for (const key of keys) {
    const sum = (a[key] ?? 0) + (b[key] ?? 0);
    if (sum > 0) sums[key] = sum;
  }
  return sums;
}
