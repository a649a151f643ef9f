/** Validates what came in against the contract; every faulty field is named at once. */
import { z } from 'zod';

import { type FieldFault, KuraError } from '#kernel/errors';
import type { Language } from '#kernel/messages';
import { isStorable, type RouteContract, type RouteInput, unstorable } from '#platform/contract';
import { faultsOf, safeParseIn } from '#platform/i18n';

export interface RawInput {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

/** @throws KuraError invalid `http.invalid-input` with one fault per field */
export function parseInput(route: RouteContract, raw: RawInput, language: Language): RouteInput<RouteContract> {
  const faults: FieldFault[] = [];
  function parsePart(schema: z.ZodType, value: unknown, part: 'params' | 'query' | 'body'): unknown {
    const result = safeParseIn(schema, value, language);
    const isJudgedLater = part === 'body' && route.judgesParts === true;
    if (result.success && isJudgedLater) return result.data;
    const found = result.success ? unstorableFields(result.data) : faultsOf(result.error, 'http.invalid-field');
    for (const fault of found) {
      faults.push({ ...fault, path: fault.path === '' ? part : `${part}.${fault.path}` });
    }
    return result.success ? result.data : undefined;
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

/**
 * Looked for in what the schemas give, so that no route can forget it and those that mend such text may: it would be an
 * internal error in PostgreSQL. Not in bytes, which are objects of a class.
 */
function unstorableFields(value: unknown): FieldFault[] {
  const faults: FieldFault[] = [];
  function refuse(path: string): void {
    faults.push({ path, code: unstorable.params.words });
  }
  // A list instead of calls within calls: some fields take whatever is sent, however deep.
  const left: (readonly [path: string, value: unknown])[] = [['', value]];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const [path, inner] = next;
    if (typeof inner === 'string' && !isStorable(inner)) refuse(path);
    if (typeof inner !== 'object' || inner === null || ArrayBuffer.isView(inner)) continue;
    for (const [name, field] of Object.entries(inner)) {
      // Somebody may have chosen the name, too; then it is not repeated.
      if (isStorable(name)) left.push([path === '' ? name : `${path}.${name}`, field]);
      else refuse(path);
    }
  }
  return faults;
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
