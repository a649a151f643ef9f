/** How good the way to a host is, by what it has brought lately. */

/** By bytes/s: `excellent` > 10 MB/s, `good` 5–10, `fair` 1–5, `poor` < 1; `unstable` when it varies too much to say. */
export type NetworkClass = 'excellent' | 'good' | 'fair' | 'poor' | 'unstable';

/** Below this many samples nothing is said. */
const MIN_SAMPLES = 5;
/** Weight of a new sample: what is ten samples old counts for a tenth. */
const WEIGHT = 0.2;
/** A class is left only when its border is passed by a tenth, so that a speed at the border does not flicker. */
const MARGIN = 0.1;
const UNSTABLE_FROM = 0.5;
const UNSTABLE_UNTIL = 0.4;

const MB = 1e6;
const floors: readonly (readonly [NetworkClass, number])[] = [
  ['excellent', 10 * MB],
  ['good', 5 * MB],
  ['fair', MB],
  ['poor', 0],
];

/** Running mean and deviation of a host's speed, in bytes per second. */
export class NetworkGauge {
  #samples = 0;
  #mean = 0;
  #variance = 0;
  #class: NetworkClass | undefined;

  sample(bytesPerSecond: number): void {
    this.#samples += 1;
    // The first samples weigh as in a plain mean, so that the very first does not linger.
    const weight = Math.max(WEIGHT, 1 / this.#samples);
    const difference = bytesPerSecond - this.#mean;
    this.#mean += weight * difference;
    this.#variance = (1 - weight) * (this.#variance + weight * difference * difference);
    if (this.#samples >= MIN_SAMPLES) this.#class = this.#classify();
  }

  /** Undefined until there are five samples. */
  get networkClass(): NetworkClass | undefined {
    return this.#class;
  }

  /** Bytes per second; undefined before the first sample. */
  get mean(): number | undefined {
    return this.#samples === 0 ? undefined : this.#mean;
  }

  #classify(): NetworkClass {
    const spread = this.#mean === 0 ? 0 : Math.sqrt(this.#variance) / this.#mean;
    if (spread > (this.#class === 'unstable' ? UNSTABLE_UNTIL : UNSTABLE_FROM)) return 'unstable';
    const nearby = [1 - MARGIN, 1 + MARGIN].map((factor) => bySpeed(this.#mean * factor));
    return this.#class !== undefined && nearby.includes(this.#class) ? this.#class : bySpeed(this.#mean);
  }
}

function bySpeed(bytesPerSecond: number): NetworkClass {
  return floors.find(([, floor]) => bytesPerSecond > floor)?.[0] ?? 'poor';
}
