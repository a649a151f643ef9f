/** The pages of a search one by one, for tests that measure the walk itself. */
export { searchPages } from '../core/search/search-pages.ts';
