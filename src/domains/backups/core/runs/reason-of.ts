import { toKuraError } from '#kernel/errors';

import type { Reason } from './run-record.ts';

/** What is remembered of an error: enough to put it into words later, in any language. */
export function reasonOfError(error: unknown): Reason {
  const { code, params } = toKuraError(error);
  return { code, params };
}
