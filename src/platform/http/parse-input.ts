/** Validates what came in against the contract; every faulty field is named at once. */
import { z } from 'zod';

import { type FieldFault, KuraError } from '#kernel/errors';
import type { RouteContract, RouteInput } from '#platform/contract';

export interface RawInput {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

/** @throws KuraError invalid `http.invalid-input` with one fault per field */
export function parseInput(route: RouteContract, raw: RawInput): RouteInput<RouteContract> {
  const faults: FieldFault[] = [];
  const params = parsePart(route.params, raw.params ?? {}, 'params', faults);
  const query = parsePart(route.query, withArrays(route.query, raw.query ?? {}), 'query', faults);
  const body = parsePart(route.body, raw.body ?? undefined, 'body', faults);
  if (faults.length > 0) {
    const list = faults.map((fault) => `${fault.path}: ${String(fault.params?.['reason'])}`).join('; ');
    throw new KuraError('invalid', 'http.invalid-input', { params: { list }, fields: faults });
  }
  return { params: asRecord(params), query: asRecord(query), body };
}

function parsePart(schema: z.ZodType, value: unknown, part: string, faults: FieldFault[]): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  for (const issue of result.error.issues) {
    faults.push({
      path: [part, ...issue.path.map(String)].join('.'),
      code: 'http.invalid-field',
      params: { reason: issue.message },
    });
  }
  return undefined;
}

/** `?type=LORA` means one element where the contract wants a list. */
function withArrays(schema: z.ZodObject, query: unknown): unknown {
  const record = asRecord(query);
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => {
      const field = schema.shape[name];
      return [name, field !== undefined && wantsArray(field) && !Array.isArray(value) ? [value] : value];
    }),
  );
}

function wantsArray(schema: z.core.$ZodType): boolean {
  if (schema instanceof z.ZodArray) return true;
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return wantsArray(schema.unwrap());
  return false;
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
