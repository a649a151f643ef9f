/** What a safetensors header tells about the model: for people, never for the verdict. */
import { JsonNumber, JsonObject, parseStrictJson } from '../text/strict-json.ts';
import { baseHints } from './base-hints.ts';
import type { TensorFacts } from './tensor-facts.ts';

export interface SafetensorsMetadata {
  readonly tensorCount: number;
  /** Tensors per element type. */
  readonly dtypes: Readonly<Record<string, number>>;
  /** Elements of all tensors together. */
  readonly parameters: number;
  /** `__metadata__` as written; long values shortened. */
  readonly entries: Readonly<Record<string, string>>;
  /** Trigger phrase and the tags the training set used, most frequent first. */
  readonly trainedWords: readonly string[];
  /** Base model as the file itself says or its tensor names suggest. */
  readonly baseHints: readonly string[];
  /** Width × height of the training buckets, most images first. */
  readonly resolutions: readonly string[];
}

const VALUE_KEPT = 2000;
const ENTRIES_KEPT = 200;
const WORDS_KEPT = 50;

export function summarise(tensors: readonly TensorFacts[], entries: ReadonlyMap<string, string>): SafetensorsMetadata {
  const dtypes = new Map<string, number>();
  for (const { dtype } of tensors) dtypes.set(dtype, (dtypes.get(dtype) ?? 0) + 1);
  const kept = [...entries].slice(0, ENTRIES_KEPT).map(([key, value]) => [key, value.slice(0, VALUE_KEPT)] as const);
  return {
    tensorCount: tensors.length,
    dtypes: Object.fromEntries(dtypes),
    parameters: tensors.reduce((sum, { elements }) => sum + elements, 0),
    entries: Object.fromEntries(kept),
    trainedWords: trainedWords(entries),
    baseHints: baseHints(tensors, entries),
    resolutions: resolutions(entries),
  };
}

function trainedWords(entries: ReadonlyMap<string, string>): string[] {
  const phrase = entries.get('modelspec.trigger_phrase')?.trim();
  const counts = new Map<string, number>();
  for (const folder of objectsIn(entries.get('ss_tag_frequency'))) {
    for (const [tag, count] of folder.entries) {
      if (count instanceof JsonNumber) counts.set(tag.trim(), (counts.get(tag.trim()) ?? 0) + (count.natural ?? 0));
    }
  }
  const tags = [...counts].toSorted((left, right) => right[1] - left[1]).map(([tag]) => tag);
  const words = [phrase, ...tags].filter((word) => word !== undefined && word !== '');
  return [...new Set(words)].filter((word) => word !== undefined).slice(0, WORDS_KEPT);
}

function resolutions(entries: ReadonlyMap<string, string>): string[] {
  const found: { readonly size: string; readonly images: number }[] = [];
  for (const buckets of objectsIn(entries.get('ss_bucket_info'))) {
    for (const [, bucket] of buckets.entries) {
      if (!(bucket instanceof JsonObject)) continue;
      const size = bucket.get('resolution');
      const count = bucket.get('count');
      if (!Array.isArray(size)) continue;
      const sides = size.filter((side) => side instanceof JsonNumber).map((side) => side.text);
      if (sides.length !== 2) continue;
      found.push({ size: sides.join('×'), images: count instanceof JsonNumber ? (count.natural ?? 0) : 0 });
    }
  }
  const sorted = found.toSorted((left, right) => right.images - left.images).map(({ size }) => size);
  return [...new Set([...sorted, ...stated(entries.get('modelspec.resolution'))])].slice(0, WORDS_KEPT);
}

function stated(resolution: string | undefined): string[] {
  return resolution === undefined ? [] : [resolution.replace('x', '×')];
}

/** The objects directly inside a JSON object in text; none when it is anything else. */
function objectsIn(text: string | undefined): JsonObject[] {
  if (text === undefined) return [];
  try {
    const value = parseStrictJson(text, 10);
    if (!(value instanceof JsonObject)) return [];
    return value.entries.map(([, inner]) => inner).filter((inner) => inner instanceof JsonObject);
  } catch {
    return [];
  }
}
