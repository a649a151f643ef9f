/** How the answers of a call may come about, and what is told about them. */
import type { Instant } from '#kernel/brands';

export interface ReadOptions {
  /** Asks the site even when a fresh answer is stored; what comes is stored. Default false. */
  readonly refresh?: boolean;
  /** How often the site is asked at most, the first time included; default as often as trying on can help. */
  readonly tries?: number;
  /** Told once for each answer that is used; must not throw. */
  readonly onSeen?: (seen: SeenAnswer) => void;
}

export interface SeenAnswer {
  /** When the site gave this answer. */
  readonly at: Instant;
  /** Whether it came out of the store of earlier answers. */
  readonly stored: boolean;
}
