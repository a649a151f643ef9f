/** The shape of one answer. Its cost is bounded: of long lists only the first elements are looked at. */
import { isRaw, type Raw } from '../shapes/lenient.ts';
import { type AnswerShape, type FieldShape, type JsonType, jsonTypes, leafOf } from './answer-shape.ts';
import { emptyField, emptyShape, keptPaths, mergeFields } from './merge-shapes.ts';
import { contentTypeOf, isSuccess, type RecordedAnswer, readBody } from './recorded-answer.ts';
import { textFormOf } from './text-form.ts';

/** Headers whose coming or going says something about the API. */
const telltaleHeaders = [
  'deprecation',
  'sunset',
  'link',
  'etag',
  'retry-after',
  'ratelimit-limit',
  'x-ratelimit-limit',
  'x-api-version',
] as const;

/** Objects whose keys are data, not field names (civitai-api.md §2.6, §2.7). */
const mapNames: ReadonlySet<string> = new Set(['hashes', 'meta']);
const OUTER_ELEMENTS = 24;
const INNER_ELEMENTS = 8;
const DEEPEST = 14;
const LONGEST_VALUE = 60;

/** Bodies are learned from successes only; of other answers the status counts. */
export function learnShape(answer: RecordedAnswer): AnswerShape {
  const contentType = contentTypeOf(answer);
  const frame: AnswerShape = {
    ...emptyShape,
    answers: 1,
    statuses: { [answer.status]: 1 },
  };
  if (!isSuccess(answer)) return frame;
  const body = readBody(answer.body);
  const headers = Object.fromEntries(telltaleHeaders.filter((name) => name in answer.headers).map((name) => [name, 1]));
  const success = {
    ...frame,
    contentTypes: contentType === '' ? {} : { [contentType]: 1 },
    headers,
    longestBody: answer.body.length,
  };
  if ('fault' in body) return success;
  const fields = new Map<string, FieldShape>();
  visit(body.json, { path: '$', depth: 0 }, fields);
  const kept = keptPaths(fields.keys());
  return {
    ...success,
    emptyEnds: isEmptyEnd(body.json) ? 1 : 0,
    fields: Object.fromEntries(kept.map((path) => [path, fields.get(path) ?? emptyField])),
    truncated: kept.length < fields.size,
  };
}

/** A page without entries after which none can follow. */
export function isEmptyEnd(json: unknown): boolean {
  if (!isRaw(json) || !Array.isArray(json['items']) || json['items'].length > 0) return false;
  const { metadata } = json;
  return !isRaw(metadata) || !['nextCursor', 'nextPage'].some((name) => Boolean(metadata[name]));
}

interface Place {
  readonly path: string;
  readonly depth: number;
}

function visit(value: unknown, place: Place, fields: Map<string, FieldShape>): void {
  fields.set(place.path, mergeFields(fields.get(place.path), fieldOf(value)));
  if (place.depth >= DEEPEST) return;
  if (Array.isArray(value)) {
    const most = place.depth <= 1 ? OUTER_ELEMENTS : INNER_ELEMENTS;
    const inside = { path: `${place.path}[]`, depth: place.depth + 1 };
    for (const element of value.slice(0, most)) visit(element, inside, fields);
  } else if (isRaw(value)) {
    const isMap = isMapAt(place.path, value);
    for (const [key, entry] of Object.entries(value)) {
      const path = `${place.path}.${isMap ? '*' : spellKey(key)}`;
      visit(entry, { path, depth: place.depth + 1 }, fields);
    }
  }
}

function isMapAt(path: string, value: Raw): boolean {
  if (mapNames.has(leafOf(path))) return true;
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => /^\d+$/.test(key));
}

/** Dots and brackets are the grammar of paths, so a key that has them is written in other signs. */
function spellKey(key: string): string {
  return key
    .slice(0, LONGEST_VALUE)
    .replaceAll('.', '·')
    .replaceAll('[', '(')
    .replaceAll(']', ')')
    .replaceAll('*', '⁎');
}

function fieldOf(value: unknown): FieldShape {
  const type = typeOf(value);
  const field = { ...emptyField, seen: 1, types: { [type]: 1 } };
  if (typeof value === 'number') return { ...field, numbers: { min: value, max: value } };
  if (Array.isArray(value)) return { ...field, lengths: { min: value.length, max: value.length } };
  if (typeof value !== 'string') return field;
  return {
    ...field,
    forms: { [textFormOf(value)]: 1 },
    values: isCountable(value) ? { [value]: 1 } : null,
  };
}

function typeOf(value: unknown): JsonType {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  return jsonTypes.find((type) => type === typeof value) ?? 'object';
}

/** Long texts are no words, and the one key that plain objects lose when they are read back is not worth a word. */
function isCountable(value: string): boolean {
  return value.length <= LONGEST_VALUE && value !== '__proto__';
}
