/** What both ways of connecting need to know. */
import type { Globals, Output } from '#platform/cli';
import type { Environment } from '#platform/config';

export interface ConnectOptions {
  readonly globals: Globals;
  readonly environment: Environment;
  /** Words of the command, for locks and logs: `models get`. */
  readonly command: string;
  readonly out: Output;
  /** Aborted at the first Ctrl-C. */
  readonly signal: AbortSignal;
}
