import { toKuraError } from '#kernel/errors';
import type { Logger } from '#platform/log';

import type { FinishedCall } from './assistant.ts';

/** A fault of ours is an error in the log; whatever else a tool answers is a call like any other. */
export function logCall(logger: Logger, { tool, result, ms, error }: FinishedCall, requestId?: string): void {
  const failure = error === undefined ? undefined : toKuraError(error);
  const facts = { tool, result, ms: Math.round(ms), ...(requestId === undefined ? {} : { requestId }) };
  if (failure?.kind === 'internal') logger.error('mcp.failed', failure, facts);
  else logger.info('mcp.call', { ...facts, ...(failure === undefined ? {} : { code: failure.code }) });
}
