/** Why something failed, as two columns. */
import { z } from 'zod';

import type { Reason } from '../core/runs/run-record.ts';

interface ReasonColumns {
  readonly error_code: string | null;
  readonly error_params: string | null;
}

const paramsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

export function reasonColumns(reason: Reason | null): ReasonColumns {
  return reason === null
    ? { error_code: null, error_params: null }
    : { error_code: reason.code, error_params: JSON.stringify(reason.params) };
}

export function reasonOf({ error_code: code, error_params: params }: ReasonColumns): Reason | null {
  return code === null ? null : { code, params: paramsSchema.parse(JSON.parse(params ?? '{}')) };
}
