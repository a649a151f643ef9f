/** One backup of one copy, as it is remembered. */
import type { MessageParams } from '#kernel/errors';

import type { RunView } from '../../contract/index.ts';

/** A message key with its parameters; the edges put it into words. */
export interface Reason {
  readonly code: string;
  readonly params: MessageParams;
}

export interface Run extends Omit<RunView, 'error'> {
  readonly position: number;
  readonly error: Reason | null;
}

export interface SkippedRun {
  readonly copy: string;
  readonly reason: Reason;
}
