/** The index by itself, for tests of what happens to it in the middle of a question. */
export { searchIndexOf } from '../store/search-index-of.ts';
