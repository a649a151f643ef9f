/** How quality is counted today, by the settings, and the catalogue's qualities counted likewise. */
import type { Clock } from '#kernel/clock';
import { DAY } from '#kernel/units';
import type { Database } from '#platform/db';
import type { UnitOfWork } from '#platform/unit-of-work';

import { countQualities, readQualityCount, writeQualityCount } from '../../store/catalogue-search/quality-count.ts';
import { systemActor } from '../actor.ts';
import { type QualityOptions, type QualityWeights, qualityParts, qualityWeightsSchema } from './quality-score.ts';
import type { QualityCount } from './search-step.ts';

/** As the settings have them (`models.qualityWeights`, `models.qualityCounters`). */
export interface QualitySettings {
  /** `likes=40,downloads=30`: what is not named earns nothing. */
  readonly weights: string;
  readonly counters: 'in-all' | 'per-year';
}

export interface CountQualityDeps {
  readonly database: Database;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly settings: () => QualitySettings;
}

/** Models per transaction: others write between. */
const CHUNK = 1000;

export function createQualityCount(deps: CountQualityDeps): QualityCount {
  return {
    options: () => optionsOf(deps.settings(), deps.clock.now()),
    count: async (options, signal) => countCatalogue(deps, options, signal),
  };
}

/** Ages are counted in whole days: within a day, pages of one answer are in one order. */
function optionsOf({ weights, counters }: QualitySettings, now: number): QualityOptions {
  const read = { weights: readQualityWeights(weights) };
  return counters === 'in-all' ? read : { ...read, perYearAt: now - (now % DAY) };
}

function readQualityWeights(text: string): QualityWeights {
  const given = new Map(
    text.split(',').map((entry) => {
      const [name = '', points] = entry.split('=').map((part) => part.trim());
      return [name, Number(points)] as const;
    }),
  );
  return qualityWeightsSchema.parse(Object.fromEntries(qualityParts.map((name) => [name, given.get(name) ?? 0])));
}

/** Broken off, it begins again with the next question; models that are written meanwhile are counted as they come. */
async function countCatalogue(
  { database, unitOfWork }: CountQualityDeps,
  options: QualityOptions,
  signal: AbortSignal,
): Promise<void> {
  const known = await readQualityCount(database);
  const wanted = JSON.stringify(options);
  if (known.isComplete && JSON.stringify(known.options) === wanted) return;
  await unitOfWork.write(systemActor, async (tx) => writeQualityCount(tx, { options, isComplete: false }));
  for (let after: number | undefined = 0; after !== undefined; ) {
    signal.throwIfAborted();
    const from: number = after;
    after = await unitOfWork.write(systemActor, async (tx) => countQualities(tx, options, from, CHUNK));
  }
  await unitOfWork.write(systemActor, async (tx) => writeQualityCount(tx, { options, isComplete: true }));
}
