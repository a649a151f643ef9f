/**
 * What answers of one endpoint look like, learned from any number of them (platform.md P-091): which fields, how often,
 * of which types, with which values. Plain JSON, bounded in size, and mergeable in any order.
 */
import { z } from 'zod';

export const jsonTypes = ['null', 'boolean', 'number', 'string', 'array', 'object'] as const;
export type JsonType = (typeof jsonTypes)[number];

/** What a string looks like; `zoneless` is a date without a time zone, as the site wrote in 2024. */
export const textForms = ['date', 'zoneless', 'url', 'uuid', 'hex', 'number', 'html', 'json', 'text'] as const;
export type TextForm = (typeof textForms)[number];

const count = z.number().int().min(0);
const range = z.object({ min: z.number(), max: z.number() }).readonly();
const counts = z.record(z.string(), count).readonly();

const fieldSchema = z
  .object({
    /** How often a value stood there. */
    seen: count,
    types: z.partialRecord(z.enum(jsonTypes), count).readonly(),
    forms: z.partialRecord(z.enum(textForms), count).readonly(),
    /** Each short word and how often; null = too many different ones to be a closed list. */
    values: counts.nullable(),
    numbers: range.nullable(),
    lengths: range.nullable(),
  })
  .readonly();
/** One place in the answers: `$` is the answer itself, `$.items[].id` a field, `$.items[].hashes.*` a value of a map. */
export type FieldShape = z.output<typeof fieldSchema>;

export const answerShapeSchema = z
  .object({
    /** Of this format; shapes of another are learned anew. */
    version: z.literal(1),
    /** Answers learned from. */
    answers: count,
    /** By status code. */
    statuses: counts,
    /** Without parameters such as the charset. */
    contentTypes: counts,
    /** The headers that tell about the API, by name. */
    headers: counts,
    /** Longest body, in characters. */
    longestBody: count,
    /** Pages without entries and without a cursor. */
    emptyEnds: count,
    fields: z.record(z.string(), fieldSchema).readonly(),
    /** There were more fields than are kept; the deepest were left out. */
    truncated: z.boolean(),
  })
  .readonly();
export type AnswerShape = z.output<typeof answerShapeSchema>;

/** The place that holds `path`; undefined for the answer itself. */
export function parentOf(path: string): string | undefined {
  if (path === '$') return undefined;
  return path.endsWith('[]') ? path.slice(0, -2) : path.slice(0, path.lastIndexOf('.'));
}

/** The last name in a path: `id` of `$.items[].id`, `items` of `$.items[]`. */
export function leafOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1).replaceAll('[]', '');
}

/** How often an object stood at `path`: so often each of its fields could have been there. */
export function objectsAt(shape: AnswerShape, path: string): number {
  return shape.fields[path]?.types.object ?? 0;
}
