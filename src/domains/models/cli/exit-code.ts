/** Exit codes of commands over several things. */
import { exitCodes } from '#platform/cli';

export function exitCodeOf({ done, failed }: { readonly done: number; readonly failed: number }): number {
  if (failed === 0) return exitCodes.done;
  return done === 0 ? exitCodes.failed : exitCodes.partlyDone;
}
