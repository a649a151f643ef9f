/** Parts of the catalogue for tests and benchmarks that look behind the domain's door. */
export { readModelDetail } from '../core/catalogue/read-model.ts';
export { matchingVersions } from '../core/query-language/evaluate.ts';
export type { QueryNode } from '../core/query-language/query-node.ts';
export { rateVersion } from '../core/search/content-rating.ts';
export { readAnswers } from '../store/catalogue-answers.ts';
export { catalogueFilesByHash } from '../store/catalogue-hash-store.ts';
export { readStatsHistory } from '../store/catalogue-history-store.ts';
export { readCatalogueModel, readCatalogueModels } from '../store/catalogue-reader.ts';
export { countFacets } from '../store/catalogue-search/catalogue-facets.ts';
export { type CatalogueOrder, orderColumns } from '../store/catalogue-search/catalogue-order.ts';
export { labelFacets } from '../store/catalogue-search/facet-labels.ts';
export { searchCatalogue } from '../store/catalogue-search/search-catalogue.ts';
export { markModelRemoved, upsertModels } from '../store/catalogue-store.ts';
export type { CatalogueTables } from '../store/catalogue-tables.ts';
