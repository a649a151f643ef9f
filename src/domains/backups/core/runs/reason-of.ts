import { isKuraError, type KuraError, toKuraError } from '#kernel/errors';

import type { Reason } from './run-record.ts';

/** What is remembered of an error: enough to put it into words later, in any language. */
export function reasonOfError(error: unknown): Reason {
  const { code, params } = toKuraError(error);
  return { code, params };
}

/** The medium is not here: expected of copies that are kept offline. */
export function isAbsence(error: unknown): error is KuraError {
  return isKuraError(error) && (error.code === 'backups.copy-unreachable' || error.code === 'backups.other-medium');
}
