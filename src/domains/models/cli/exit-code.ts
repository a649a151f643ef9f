/** Exit codes of commands over several things (blueprint §4.2). */
const FAILED = 1;
const PARTLY_DONE = 3;
export const REFUSED = 4;

export function exitCodeOf({ done, failed }: { readonly done: number; readonly failed: number }): number {
  if (failed === 0) return 0;
  return done === 0 ? FAILED : PARTLY_DONE;
}
