/** Search: pages from the site through our own filters until enough is found, and an account of what each filter did. */
import type { Model, WalkStep } from '#engines/civitai';
import type { Clock } from '#kernel/clock';
import type { KuraError } from '#kernel/errors';

import type { SearchAnswer, SearchQuery, SearchStage } from '../../contract/index.ts';
import type { ModelSource } from '../../ports.ts';
import { localOrder } from './order-locally.ts';
import { readCursor, type SearchPosition, writeCursor } from './search-cursor.ts';
import { applyFilter, type Candidate, type Filter, filtersOf, publishedMs } from './search-filters.ts';
import { siteQueryOf } from './site-query.ts';
import { startOf } from './time-window.ts';

export interface SearchDeps {
  readonly source: ModelSource;
  readonly clock: Clock;
  /** Keeps what was seen in the local catalogue. */
  readonly remember: (models: readonly Model[]) => Promise<void>;
}

export interface SearchOutcome {
  readonly found: readonly Candidate[];
  readonly stages: readonly SearchStage[];
  readonly sent: SearchAnswer['sent'];
  readonly stopped: SearchAnswer['stopped'];
  readonly error: KuraError | undefined;
  readonly nextCursor: string | undefined;
}

/** Half an hour at the polite pace; then the caller decides whether to go on. */
const MAX_PAGES = 500;

/**
 * @throws KuraError `models.bad-cursor`, `models.sort-needs-browsing`; what the site says when its first page fails. A
 * later page that fails ends the search with what was found before it.
 */
export async function searchModels(deps: SearchDeps, query: SearchQuery, signal: AbortSignal): Promise<SearchOutcome> {
  const order = localOrder(query);
  const position = readCursor(query.cursor);
  if (order === undefined) return new Search(deps, query, position).run(query.limit, signal);
  const all = await new Search(deps, query, { ...position, page: null, after: null }).run(Infinity, signal);
  const sorted = [...all.found].sort((a, b) => order(b) - order(a));
  const end = position.skip + query.limit;
  const isMore = sorted.length > end;
  return {
    ...all,
    found: sorted.slice(position.skip, end),
    stopped: isMore ? 'limit' : all.stopped,
    nextCursor: isMore ? writeCursor({ page: null, after: null, skip: end }) : undefined,
  };
}

class Search {
  readonly #deps: SearchDeps;
  readonly #query: SearchQuery;
  readonly #filters: readonly Filter[];
  readonly #counts: { readonly filter: string; in: number; out: number }[];
  readonly #found: Candidate[] = [];
  readonly #now: number;
  #sent: SearchAnswer['sent'] = [];
  #page: string | null;
  /** Model of the page at which to go on; only for the first page of a continued search. */
  #after: number | null;
  #pages = 0;

  constructor(deps: SearchDeps, query: SearchQuery, position: SearchPosition) {
    this.#deps = deps;
    this.#query = query;
    this.#now = deps.clock.now();
    this.#filters = filtersOf(query, this.#now);
    this.#counts = ['site', 'versions', ...this.#filters.map(({ name }) => name)].map((filter) => ({
      filter,
      in: 0,
      out: 0,
    }));
    this.#page = position.page;
    this.#after = position.after;
  }

  async run(limit: number, signal: AbortSignal): Promise<SearchOutcome> {
    const cursor = this.#page === null ? {} : { cursor: this.#page };
    for await (const step of this.#deps.source.modelPages({ ...siteQueryOf(this.#query), ...cursor }, signal)) {
      if (step.kind !== 'page') return this.#ended(step);
      const last = await this.#takePage(step, limit);
      if (last !== undefined) return last;
    }
    return this.#outcome('end');
  }

  async #takePage(
    { page, duplicates }: Extract<WalkStep<Model>, { kind: 'page' }>,
    limit: number,
  ): Promise<SearchOutcome | undefined> {
    this.#pages += 1;
    this.#sent = page.sentParameters;
    await this.#deps.remember(page.items);
    this.#count(0, page.items.length + duplicates, page.items.length);
    for (const model of this.#unseen(page.items)) {
      if (this.#found.length >= limit) return this.#outcome('limit', { page: this.#page, after: this.#after, skip: 0 });
      this.#after = model.modelId;
      this.#consider(model);
    }
    if (page.nextCursor === null) return undefined;
    this.#page = page.nextCursor;
    this.#after = null;
    const next = { page: this.#page, after: null, skip: 0 };
    if (this.#found.length >= limit) return this.#outcome('limit', next);
    if (this.#isPastWindow(page.items)) return this.#outcome('end');
    return this.#pages >= MAX_PAGES ? this.#outcome('page-budget', next) : undefined;
  }

  /** Of a page that was begun before, what comes after the last one taken; all of it when that one has moved away. */
  #unseen(models: readonly Model[]): readonly Model[] {
    const index = this.#after === null ? -1 : models.findIndex(({ modelId }) => modelId === this.#after);
    return models.slice(index + 1);
  }

  #consider(model: Model): void {
    const withFiles = model.versions.filter((version) => version.files.length > 0);
    this.#count(1, 1, withFiles.length > 0 ? 1 : 0);
    let candidate: Candidate | undefined = withFiles.length === 0 ? undefined : { model, versions: withFiles };
    for (const [index, filter] of this.#filters.entries()) {
      if (candidate === undefined) return;
      candidate = applyFilter(filter, candidate);
      this.#count(index + 2, 1, candidate === undefined ? 0 : 1);
    }
    if (candidate !== undefined) this.#found.push(candidate);
  }

  /** Newest first, a page without anything recent has only older ones behind it. */
  #isPastWindow(models: readonly Model[]): boolean {
    const { since, sort, query } = this.#query;
    if (since === undefined || sort !== 'Newest' || (query?.trim() ?? '') !== '' || models.length === 0) return false;
    const start = startOf(since, this.#now);
    return models.every((model) => model.versions.every((version) => publishedMs(version) < start));
  }

  #ended(step: Exclude<WalkStep<Model>, { kind: 'page' }>): SearchOutcome {
    if (step.kind !== 'error') return this.#outcome(step.kind);
    if (this.#pages === 0 || step.error.kind === 'interrupted') throw step.error;
    return { ...this.#outcome('error', { page: step.cursor, after: null, skip: 0 }), error: step.error };
  }

  #outcome(stopped: SearchOutcome['stopped'], next?: SearchPosition): SearchOutcome {
    return {
      found: this.#found,
      stages: this.#counts,
      sent: this.#sent,
      stopped,
      error: undefined,
      nextCursor: next === undefined ? undefined : writeCursor(next),
    };
  }

  #count(stage: number, entered: number, left: number): void {
    const count = this.#counts[stage];
    if (count === undefined) return;
    count.in += entered;
    count.out += left;
  }
}
