/** Validates what came in against the contract; every faulty field is named at once. */
import { z } from 'zod';

import { type FieldFault, KuraError } from '#kernel/errors';
import type { Language } from '#kernel/messages';
import type { RouteContract, RouteInput } from '#platform/contract';
import { faultsOf, safeParseIn } from '#platform/i18n';

export interface RawInput {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

/** @throws KuraError invalid `http.invalid-input` with one fault per field */
export function parseInput(route: RouteContract, raw: RawInput, language: Language): RouteInput<RouteContract> {
  const faults: FieldFault[] = [];
  function parsePart(schema: z.ZodType, value: unknown, part: string): unknown {
    const result = safeParseIn(schema, value, language);
    if (result.success) return result.data;
    for (const fault of faultsOf(result.error, 'http.invalid-field')) {
      faults.push({ ...fault, path: fault.path === '' ? part : `${part}.${fault.path}` });
    }
    return undefined;
  }
  const params = parsePart(route.params, raw.params ?? {}, 'params');
  const query = parsePart(route.query, withArrays(route.query, raw.query ?? {}), 'query');
  const body = parsePart(route.body, raw.body ?? undefined, 'body');
  if (faults.length > 0) {
    // Under another name than the message's, which lists them in the reader's language.
    const logged = faults.map((fault) => `${fault.path}: ${String(fault.params?.['reason'] ?? fault.code)}`).join('; ');
    throw new KuraError('invalid', 'http.invalid-input', { params: { logged }, fields: faults });
  }
  return { params: asRecord(params), query: asRecord(query), body };
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
