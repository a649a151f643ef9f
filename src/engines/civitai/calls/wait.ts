/** Told while a call waits, so that a person sees why nothing moves. */
export interface Wait {
  readonly host: string;
  /**
   * `pace`: our own politeness; `asked`: the far side asked for quiet; `retry`: a failure is tried again; `answer`: asked,
   * and nothing has come yet.
   */
  readonly cause: 'pace' | 'asked' | 'retry' | 'answer';
  /** Milliseconds still to wait; with `answer` those waited already. */
  readonly ms: number;
  /** Only with `retry`: which try comes next, and how many there are at most. */
  readonly next?: { readonly attempt: number; readonly of: number };
}

/** Called about once a second during waits of more than a second; must not throw. */
export type OnWait = (wait: Wait) => void;

export const worthTellingMs = 1000;
