/** The pages of a search as they come, for searches that go on for long: collecting, sweeps, exports. */
import { KuraError } from '#kernel/errors';

import type { SearchQuery } from '../../contract/index.ts';
import { createVocabulary } from '../vocabulary/vocabulary.ts';
import { leftOutOf, mayHintOrder } from './allowed-questions.ts';
import { readCursor } from './search-cursor.ts';
import { hasUnknownWord, planSearch, refusedParameter, type SearchPlan } from './search-plan.ts';
import { searchSeen } from './search-seen.ts';
import type { PageLimits, SearchDeps, SearchStep } from './search-step.ts';
import { SiteWalk } from './site-walk.ts';

export type { SearchDeps, SearchProgress, SearchStep, SearchWarning } from './search-step.ts';

const CATALOGUE_PAGE = 200;
const UNLIMITED: PageLimits = { found: Number.POSITIVE_INFINITY, pages: Number.POSITIVE_INFINITY };

/**
 * Every page of the site from `query.cursor` to the end, in the order in which the site sends them: an order that Kura
 * makes needs the whole result and is the caller's (`query.limit` does not count either). Memory does not grow with the
 * pages but for the ids seen. The catalogue answers in its own order, page by page as well.
 * @throws KuraError `models.bad-cursor`, `models.sort-needs-browsing`; what the site says when the first page fails.
 */
export async function* searchPages(
  deps: SearchDeps,
  query: SearchQuery,
  signal: AbortSignal,
): AsyncGenerator<SearchStep, void, void> {
  if (query.source === 'catalogue') {
    yield* seenPages(deps, query, signal);
    return;
  }
  const { steps } = await openWalk(deps, query, UNLIMITED, signal);
  yield* steps;
}

async function* seenPages(deps: SearchDeps, query: SearchQuery, signal: AbortSignal): AsyncGenerator<SearchStep> {
  let { cursor } = query;
  for (;;) {
    signal.throwIfAborted();
    const { found, relaxations, nextCursor, ...outcome } = await searchSeen(
      deps,
      {
        ...query,
        limit: CATALOGUE_PAGE,
        ...(cursor === undefined ? {} : { cursor }),
      },
      signal,
    );
    const { stages, sent, contributions, warnings, asOf } = outcome;
    const progress = { stages, sent, contributions, warnings, asOf };
    yield { kind: 'page', found, progress, cursor: nextCursor };
    cursor = nextCursor;
    if (cursor !== undefined) continue;
    yield { kind: 'ended', stopped: 'end', progress, relaxations, error: undefined, cursor };
    return;
  }
}

export interface OpenedWalk {
  readonly plan: SearchPlan;
  readonly steps: AsyncGenerator<SearchStep, void, void>;
}

/** Asks until the site takes the question: what it refuses is left out and applied here (M-012, M-024). */
export async function openWalk(
  deps: SearchDeps,
  query: SearchQuery,
  limits: PageLimits,
  signal: AbortSignal,
): Promise<OpenedWalk> {
  const position = readCursor(query.cursor);
  const switchedOff = await deps.switchedOff?.();
  const vocabulary = (await deps.vocabulary?.()) ?? createVocabulary();
  if (hasUnknownWord(query, vocabulary)) deps.onUnknownWord?.();
  const now = deps.clock.now();
  const asking = { now, vocabulary, hintsOrder: mayHintOrder(switchedOff) };
  const { questions } = planSearch(query, position.dropped, asking);
  const leftOut = leftOutOf(questions, switchedOff ?? []);
  const dropped = [...new Set([...position.dropped, ...leftOut])];
  for (;;) {
    const plan = planSearch(query, [...dropped], { ...asking, leftOut });
    const found = plan.order.by === 'kura' ? UNLIMITED.found : limits.found;
    const steps = new SiteWalk(deps, plan, position).run({ ...limits, found }, signal);
    try {
      const first = await steps.next();
      return { plan, steps: resume(first, steps) };
    } catch (error) {
      const refused = error instanceof KuraError ? refusedParameter(plan, error) : undefined;
      if (refused === undefined) throw error;
      dropped.push(refused);
    }
  }
}

async function* resume(
  first: IteratorResult<SearchStep, void>,
  steps: AsyncGenerator<SearchStep, void, void>,
): AsyncGenerator<SearchStep, void, void> {
  if (first.done === true) return;
  yield first.value;
  yield* steps;
}
