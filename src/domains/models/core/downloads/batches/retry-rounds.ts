/**
 * Rounds over what failed in a way that may pass (M-126): each begins when everything before it is done, after a wait
 * that grows: 1 s, 4 s, 16 s, … up to five minutes, or as long as the site asked for.
 */
import type { Clock } from '#kernel/clock';
import { MINUTE, SECOND } from '#kernel/units';

import type { BatchItem } from '../../../store/batch-item-store.ts';

const LONGEST_WAIT_MS = 5 * MINUTE;

export class RetryRounds {
  readonly #clock: Clock;
  #round: number | undefined;
  #beginsAt = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Which of the next items may begin now.
   * @param running files under way
   * @param askedMs how long the site wants to be left alone
   */
  due(next: readonly BatchItem[], running: number, askedMs: number): readonly BatchItem[] {
    const round = next[0]?.round;
    if (round === undefined) return [];
    // After a crash nobody knows how long ago it was; the first round it finds begins at once.
    this.#round ??= round;
    if (round > this.#round) {
      if (running > 0) return [];
      this.#round = round;
      this.#beginsAt = this.#clock.monotonic() + Math.min(LONGEST_WAIT_MS, Math.max(waitBefore(round), askedMs));
    }
    if (round < this.#round) this.#round = round;
    if (this.#clock.monotonic() < this.#beginsAt) return [];
    return next.filter((item) => item.round === round);
  }
}

function waitBefore(round: number): number {
  return SECOND * 4 ** (round - 1);
}
