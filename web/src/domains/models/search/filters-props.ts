import type { ModelSearch } from './model-search.ts';

/** The search on screen, and how to change it. */
export interface FiltersProps {
  readonly search: ModelSearch;
  readonly apply: (change: ModelSearch) => void;
}
