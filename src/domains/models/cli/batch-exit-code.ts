/** The exit code of a download job. */
import { exitCodes } from '#platform/cli';

import type { BatchStatus, BatchTally } from '../contract/index.ts';

interface Outcome {
  readonly status: BatchStatus;
  readonly tally: BatchTally;
}

/** Refused for security only when nothing else went wrong; whatever may still come is "partly done". */
export function batchExitCode({ status, tally }: Outcome, isAborted: boolean): number {
  if (status === 'completed') return exitCodes.done;
  if (isAborted) return exitCodes.interrupted;
  const { done, failed, cancelled, quarantined } = tally;
  if (status === 'pending' || status === 'processing' || status === 'paused') return exitCodes.partlyDone;
  if (quarantined > 0 && failed + cancelled === 0) return exitCodes.refused;
  return done > 0 ? exitCodes.partlyDone : exitCodes.failed;
}
