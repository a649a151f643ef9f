/** A set of byte positions kept as sorted, disjoint, non-touching half-open ranges. */
export type ByteRange = readonly [start: number, end: number];

export class ByteRanges {
  #ranges: ByteRange[] = [];

  constructor(ranges: readonly ByteRange[] = []) {
    for (const [start, end] of ranges) this.add(start, end);
  }

  add(start: number, end: number): void {
    if (end <= start) return;
    const before = this.#ranges.filter((range) => range[1] < start);
    const after = this.#ranges.filter((range) => range[0] > end);
    const touching = this.#ranges.slice(before.length, this.#ranges.length - after.length);
    const merged: ByteRange = [
      Math.min(start, touching.at(0)?.[0] ?? start),
      Math.max(end, touching.at(-1)?.[1] ?? end),
    ];
    this.#ranges = [...before, merged, ...after];
  }

  remove(start: number, end: number): void {
    this.#ranges = this.#ranges
      .flatMap(([from, to]): ByteRange[] => [
        [from, Math.min(to, start)],
        [Math.max(from, end), to],
      ])
      .filter(([from, to]) => from < to);
  }

  toArray(): readonly ByteRange[] {
    return this.#ranges;
  }

  /** Number of positions in the set. */
  get size(): number {
    return this.#ranges.reduce((sum, [start, end]) => sum + end - start, 0);
  }

  /** One past the last position, 0 for the empty set. */
  get end(): number {
    return this.#ranges.at(-1)?.[1] ?? 0;
  }

  /** How far the set reaches from 0 without a hole. */
  get frontier(): number {
    const first = this.#ranges[0];
    return first?.[0] === 0 ? first[1] : 0;
  }

  /** The first hole below `limit`, or undefined when [0, limit) is covered. */
  firstGap(limit: number): ByteRange | undefined {
    let cursor = 0;
    for (const [start, end] of this.#ranges) {
      if (start > cursor) break;
      cursor = end;
    }
    if (cursor >= limit) return undefined;
    const next = this.#ranges.find(([start]) => start > cursor);
    return [cursor, Math.min(next?.[0] ?? limit, limit)];
  }
}
