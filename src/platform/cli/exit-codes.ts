/** Exit codes of the command line (blueprint §4.2); those of a thrown error come from its kind (#kernel/errors). */
export const exitCodes = {
  done: 0,
  failed: 1,
  wrongUsage: 2,
  /** Some of it worked. */
  partlyDone: 3,
  /** Refused for security. */
  refused: 4,
  /** Verification found a mismatch. */
  mismatch: 5,
  interrupted: 130,
} as const;
