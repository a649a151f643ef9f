/**
 * An error that is an ordinary answer here ("these bytes are no pickle") and is always caught by this engine: it has no
 * stack, because collecting one takes longer than scanning a small file.
 */
export class BriefError extends Error {
  constructor(message?: string) {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = stackTraceLimit;
  }
}
