/** Query strings the way the real server reads them: repeated keys become arrays, and zod has the last word. */
import { z } from 'zod';

import { type Answer, refusal } from './exchange.ts';

/** `true` or `false` and nothing else. */
export const booleanString = z.enum(['true', 'false']).transform((text) => text === 'true');

/** Coerced booleans: every non-empty text is true, also `false` and `0`. */
export const anyText = z.string().transform((text) => text !== '');

/** A parameter that may be repeated; one value counts as a list of one. Comma lists are not split. */
export function repeatable<Item extends z.ZodType>(item: Item) {
  return z.preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(item));
}

export const commaIntegers = z.string().transform((text, context) => {
  const numbers = text.split(',').map(Number);
  if (numbers.every(Number.isInteger)) return numbers;
  context.addIssue({ code: 'custom', message: 'Invalid input: expected comma-separated integers' });
  return z.NEVER;
});

export const pathId = z.coerce.number().int().min(1).max(2_147_483_647);

export type Reading<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly answer: Answer };

/** List endpoints: the ZodError as JSON in `error`. */
export function readQuery<Schema extends z.ZodType>(schema: Schema, query: URLSearchParams): Reading<z.output<Schema>> {
  const parsed = schema.safeParse(asRecord(query));
  if (parsed.success) return { ok: true, value: parsed.data };
  const message = JSON.stringify(parsed.error.issues, null, 2);
  return { ok: false, answer: refusal(400, { name: 'ZodError', message }) };
}

/** Single-entity endpoints: the error as text for people. */
export function readId(raw: string): Reading<number> {
  const parsed = z.object({ id: pathId }).safeParse({ id: raw });
  if (parsed.success) return { ok: true, value: parsed.data.id };
  return { ok: false, answer: refusal(400, z.prettifyError(parsed.error)) };
}

function asRecord(query: URLSearchParams): Record<string, string | string[]> {
  const record: Record<string, string | string[]> = {};
  for (const key of new Set(query.keys())) {
    const values = query.getAll(key);
    record[key] = values.length === 1 ? (values[0] ?? '') : values;
  }
  return record;
}
