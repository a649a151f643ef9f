/** Counts in how many models keys stand. */

/** A key of the index, in how many models it stands, and one of them. */
export interface KeyCount {
  readonly key: string;
  readonly models: number;
  readonly modelId: number;
}

export class KeyTally {
  readonly #keys = new Map<string, { models: number; readonly modelId: number; lastId: number }>();

  /** @param keys one, or several between line feeds; empty ones are not known and nobody's */
  add(keys: string, modelId: number): void {
    let start = 0;
    while (start < keys.length) {
      const feed = keys.indexOf('\n', start);
      const end = feed === -1 ? keys.length : feed;
      if (end > start) this.#count(keys.slice(start, end), modelId);
      start = end + 1;
    }
  }

  #count(key: string, modelId: number): void {
    const before = this.#keys.get(key);
    if (before === undefined) this.#keys.set(key, { models: 1, modelId, lastId: modelId });
    else if (before.lastId !== modelId) {
      before.models += 1;
      before.lastId = modelId;
    }
  }

  /** Equal ones by their key. */
  most(count: number): readonly KeyCount[] {
    // Most keys stand in one model; only those that can be told are put in order.
    const counts = Uint32Array.from(this.#keys.values(), ({ models }) => models).sort();
    const fewest = counts[Math.max(0, counts.length - count)] ?? 0;
    return this.#keys
      .entries()
      .filter(([, { models }]) => models >= fewest)
      .map(([key, { models, modelId }]) => ({ key, models, modelId }))
      .toArray()
      .sort((one, other) => other.models - one.models || (one.key < other.key ? -1 : 1))
      .slice(0, count);
  }
}
