/** What searching stands on, put together from what the domain was given. */
import type { Model } from '#engines/civitai';
import { nowInstant } from '#kernel/clock';

import { systemActor } from './core/actor.ts';
import { createQualityCount, type QualitySettings } from './core/search/count-quality.ts';
import type { SearchDeps } from './core/search/search-models.ts';
import { type LearnDeps, learningSource } from './core/vocabulary/learn-listed-values.ts';
import { loadVocabulary } from './core/vocabulary/read-vocabulary.ts';
import type { SiteWatch } from './site-watch.ts';
import { upsertModels } from './store/catalogue-store.ts';

interface SearchParts extends LearnDeps {
  readonly quality: () => QualitySettings;
}

/** The site, whatever it shows kept in the catalogue and its words in the vocabulary. */
export function searchDepsOf(deps: SearchParts, { switchedOff }: SiteWatch['features']): SearchDeps {
  const { clock, database, unitOfWork } = deps;
  async function remember(models: readonly Model[]): Promise<void> {
    const at = nowInstant(clock);
    await unitOfWork.write(systemActor, async (tx) => upsertModels(tx, models, at));
  }
  return {
    source: learningSource(deps),
    clock,
    database,
    quality: createQualityCount({ database, unitOfWork, clock, settings: deps.quality }),
    remember,
    vocabulary: async () => loadVocabulary(deps),
    switchedOff,
  };
}
