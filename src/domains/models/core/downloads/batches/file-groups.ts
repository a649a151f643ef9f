/** Files in groups: the next group begins when the one before has ended and its pause is over (M-125). */
import { SECOND } from '#kernel/units';

import type { BatchOptions } from '../../../contract/batch-shapes.ts';

interface Running {
  /** Files under way. */
  readonly count: number;
  /** Files that came over the network so far. */
  readonly fetched: number;
}

export class FileGroups {
  #begun = 0;
  /** Fetched when the group began: after one that brought nothing there is no pause. */
  #fetchedBefore = 0;
  #nextAt = Number.NEGATIVE_INFINITY;

  /** One more file of the group is under way. */
  begun(): void {
    this.#begun += 1;
  }

  /** How many more files may begin. @param now monotonic */
  placesLeft(
    { batchSize, pauseSeconds }: Pick<BatchOptions, 'batchSize' | 'pauseSeconds'>,
    { count, fetched }: Running,
    now: number,
  ): number {
    const size = batchSize ?? (pauseSeconds > 0 ? 1 : Number.POSITIVE_INFINITY);
    if (this.#begun >= size && count === 0) {
      if (fetched > this.#fetchedBefore) this.#nextAt = now + pauseSeconds * SECOND;
      this.#fetchedBefore = fetched;
      this.#begun = 0;
    }
    return now < this.#nextAt ? 0 : Math.max(0, size - this.#begun);
  }
}
