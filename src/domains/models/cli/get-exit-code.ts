/** One exit code for many files (blueprint §4.2). */
import type { GetItem } from '../core/downloads/get-files.ts';

const INTERRUPTED = 130;
const REFUSED = 4;
const PARTLY = 3;
const MISMATCH = 5;

/**
 * A refusal for security is never hidden behind files that went well; otherwise some good and some bad is "partly", and
 * nothing but bad is what went wrong first, a mismatch before anything else.
 */
export function getExitCode(items: readonly Pick<GetItem, 'status' | 'error'>[], isAborted: boolean): number {
  if (isAborted) return INTERRUPTED;
  if (items.some(({ status }) => status === 'quarantined')) return REFUSED;
  const failed = items.filter(({ status }) => status === 'failed' || status === 'cancelled');
  if (failed.length === 0) return 0;
  if (failed.length < items.length) return PARTLY;
  const codes = failed.map(({ error }) => error?.facts.exitCode ?? 1);
  return codes.includes(MISMATCH) ? MISMATCH : (codes[0] ?? 1);
}
