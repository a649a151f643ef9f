/** One exit code for many files. */
import { exitCodes } from '#platform/cli';

import type { GetItem } from '../core/downloads/get-files.ts';

/**
 * A refusal for security is never hidden behind files that went well; otherwise some good and some bad is "partly", and
 * nothing but bad is what went wrong first, a mismatch before anything else.
 */
export function getExitCode(items: readonly Pick<GetItem, 'status' | 'error'>[], isAborted: boolean): number {
  if (isAborted) return exitCodes.interrupted;
  if (items.some(isRefused)) return exitCodes.refused;
  const failed = items.filter(({ status }) => status === 'failed' || status === 'cancelled');
  if (failed.length === 0) return exitCodes.done;
  if (failed.length < items.length) return exitCodes.partlyDone;
  const codes = failed.map(({ error }) => error?.facts.exitCode ?? exitCodes.failed);
  return codes.includes(exitCodes.mismatch) ? exitCodes.mismatch : (codes[0] ?? exitCodes.failed);
}

/** Kept away from the library, or not even fetched. */
function isRefused({ status, error }: Pick<GetItem, 'status' | 'error'>): boolean {
  return status === 'quarantined' || (status === 'failed' && error?.kind === 'refused');
}
