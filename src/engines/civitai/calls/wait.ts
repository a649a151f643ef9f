/** Told while a call waits, so that a person sees why nothing moves. */
export interface Wait {
  readonly host: string;
  /**
   * `pace`: our own politeness; `asked`: the far side asked for quiet; `retry`: a failure is tried again.
   */
  readonly cause: 'pace' | 'asked' | 'retry';
  /** Milliseconds still to wait. */
  readonly ms: number;
}

/** Called about once a second during waits of more than a second; must not throw. */
export type OnWait = (wait: Wait) => void;

export const worthTellingMs = 1000;
