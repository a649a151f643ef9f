/**
 * Which files a test looks at: some of every size and age, chosen by a seed that is kept, so that the same files can be
 * looked at again. A plain draw over files would hardly ever meet the few large ones that hold most of the bytes.
 */
import { createHash } from 'node:crypto';

import { DAY, KIB, MIB } from '#kernel/units';

export interface SampledFile {
  readonly path: Buffer;
  readonly size: number;
  /** Milliseconds since 1970; where unknown, files are told apart by size alone. */
  readonly modifiedMs: number | undefined;
}

export interface Sampler<File extends SampledFile> {
  offer(file: File): void;
  /** In the order of the list they came from. */
  chosen(): readonly File[];
}

const sizeLimits = [64 * KIB, 4 * MIB, 256 * MIB, Number.POSITIVE_INFINITY];
const ageLimits = [7 * DAY, 90 * DAY, Number.POSITIVE_INFINITY];

/** Holds at most `count` files of each class, so that a list of millions costs no memory. */
export function createSampler<File extends SampledFile>(options: {
  readonly count: number;
  readonly seed: string;
  /** Milliseconds since 1970: what ages are counted from. */
  readonly now: number;
}): Sampler<File> {
  const classes = new Map<string, Ranked<File>[]>();
  let offered = 0;
  return {
    offer(file) {
      offered += 1;
      const name = classOf(file, options.now);
      const kept = classes.get(name) ?? [];
      classes.set(name, kept);
      const rank = createHash('sha256').update(options.seed).update(file.path).digest('hex');
      const worst = kept.at(-1);
      if (kept.length === options.count && worst !== undefined && worst.rank <= rank) return;
      const at = kept.findIndex((one) => one.rank > rank);
      kept.splice(at < 0 ? kept.length : at, 0, { file, rank, order: offered });
      if (kept.length > options.count) kept.pop();
    },
    chosen() {
      return takeTurns(
        [...classes].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, kept]) => kept),
        options.count,
      )
        .toSorted((a, b) => a.order - b.order)
        .map(({ file }) => file);
    },
  };
}

interface Ranked<File> {
  readonly file: File;
  readonly rank: string;
  readonly order: number;
}

/** One of each class after another until there are enough. */
function takeTurns<One>(classes: readonly (readonly One[])[], count: number): readonly One[] {
  const taken: One[] = [];
  const longest = Math.max(0, ...classes.map(({ length }) => length));
  for (let turn = 0; turn < longest && taken.length < count; turn += 1) {
    for (const kept of classes) {
      const one = kept[turn];
      if (one !== undefined && taken.length < count) taken.push(one);
    }
  }
  return taken;
}

function classOf({ size, modifiedMs }: SampledFile, now: number): string {
  const age = modifiedMs === undefined ? Number.POSITIVE_INFINITY : now - modifiedMs;
  return `${sizeLimits.findIndex((limit) => size <= limit)}-${ageLimits.findIndex((limit) => age <= limit)}`;
}
