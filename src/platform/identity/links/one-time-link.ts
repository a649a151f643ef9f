import type { Instant } from '#kernel/brands';

export interface OneTimeLink {
  /** Path with the code in its fragment. */
  readonly path: string;
  readonly expiresAt: Instant;
}
