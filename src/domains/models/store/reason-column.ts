/** Why something did not work out, as two columns: code of a message and what fills it. */
import { z } from 'zod';

import type { MessageParams } from '#kernel/errors';

import { readJson } from './json-column.ts';

export interface StoredReason {
  readonly code: string;
  readonly params: MessageParams;
}

const paramsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

export function reasonColumns(reason: StoredReason | null) {
  return {
    reason_code: reason?.code ?? null,
    reason_params: reason === null ? null : JSON.stringify(reason.params),
  };
}

export function reasonOfRow(row: {
  readonly reason_code: string | null;
  readonly reason_params: string | null;
}): StoredReason | null {
  if (row.reason_code === null) return null;
  return { code: row.reason_code, params: readJson(paramsSchema, row.reason_params ?? '{}') };
}
