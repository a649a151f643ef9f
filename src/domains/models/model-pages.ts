/** What models of the catalogue are looked at by: counts, details, pictures, the site's words, licences. */
import { nowInstant } from '#kernel/clock';
import type { Database } from '#platform/db';
import type { UnitOfWork } from '#platform/unit-of-work';

import type { FacetQuery, FacetsAnswer, GalleryQuery, ModelDetail, RawAnswer } from './contract/index.ts';
import { systemActor } from './core/actor.ts';
import { type ReadModelOptions, readModelDetail } from './core/catalogue/read-model.ts';
import { type RawAnswersOf, readRawAnswers } from './core/catalogue/read-raw-answers.ts';
import { type GalleryOutcome, readGallery } from './core/gallery/read-gallery.ts';
import { type LicencesPage, listLicences } from './core/licences/list-licences.ts';
import { searchFacets } from './core/search/search-facets.ts';
import type { SearchDeps } from './core/search/search-models.ts';
import { markModelRemoved } from './store/catalogue-store.ts';

export interface ModelPages {
  /** What a search of the catalogue would find, counted by type, base model, tag, creator and rating. */
  readonly searchFacets: (query: FacetQuery) => Promise<FacetsAnswer>;
  readonly readModel: (modelId: number, signal: AbortSignal, options?: ReadModelOptions) => Promise<ModelDetail>;
  /** Pictures of a model, a version or a person, with what they were made with. */
  readonly readGallery: (query: GalleryQuery, signal: AbortSignal) => Promise<GalleryOutcome>;
  /** What the site sent about a model or a version, as it was sent. */
  readonly readRawAnswers: (of: RawAnswersOf) => Promise<readonly RawAnswer[]>;
  /** What the creators of the library's models permit and ask for; `cursor` is the model after which to go on. */
  readonly listLicences: (range: {
    readonly limit: number;
    readonly cursor?: number | undefined;
  }) => Promise<LicencesPage>;
}

export interface ModelPagesDeps extends SearchDeps {
  readonly database: Database;
  readonly unitOfWork: UnitOfWork;
}

export function createModelPages(deps: ModelPagesDeps): ModelPages {
  async function markRemoved(modelId: number): Promise<void> {
    const at = nowInstant(deps.clock);
    await deps.unitOfWork.write(systemActor, async (tx) => markModelRemoved(tx, modelId, at));
  }
  return {
    searchFacets: async (query) => searchFacets(deps, query),
    readModel: async (modelId, signal, options) => readModelDetail({ ...deps, markRemoved }, modelId, signal, options),
    readGallery: async (query, signal) => readGallery(deps, query, signal),
    readRawAnswers: async (of) => readRawAnswers(deps, of),
    listLicences: async (range) => listLicences(deps, range),
  };
}
