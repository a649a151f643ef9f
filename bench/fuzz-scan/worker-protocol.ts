import type { Tally } from './tally.ts';

/** Inputs `from` up to, but not including, `to`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface WorkerSetup {
  readonly seed: number;
  /** One number: the input at work. What a thread that hangs or dies cannot say any more. */
  readonly atWork: SharedArrayBuffer;
}

export interface Answer extends Span {
  readonly tally: Tally;
}
