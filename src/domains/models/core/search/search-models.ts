/** Search: pages from the site through our own conditions until enough is found, and an account of what each did. */
import type { SearchQuery } from '../../contract/index.ts';
import type { Candidate } from './candidate.ts';
import { defaultQuality, type QualityOptions } from './quality-score.ts';
import { readCursor, writeCursor } from './search-cursor.ts';
import { compareKeys, type FieldOrder, keyOf, type OrderKey } from './search-order.ts';
import { openWalk } from './search-pages.ts';
import { searchSeen } from './search-seen.ts';
import type { SearchDeps, SearchOutcome, SearchStep } from './search-step.ts';

export type { SearchDeps, SearchOutcome } from './search-step.ts';

/** Half an hour at the polite pace; then the caller decides whether to go on. */
const MAX_PAGES = 500;

/**
 * @throws KuraError `models.bad-cursor`, `models.sort-needs-browsing`; what the site says when its first page fails. A
 * later page that fails ends the search with what was found before it.
 */
export async function searchModels(deps: SearchDeps, query: SearchQuery, signal: AbortSignal): Promise<SearchOutcome> {
  if (query.source === 'catalogue') return searchSeen(deps, query, signal);
  const limits = { found: query.limit, pages: deps.pageBudget ?? MAX_PAGES };
  const { plan, steps } = await openWalk(deps, query, limits, signal);
  const { order, now } = plan;
  const quality = deps.quality?.options() ?? defaultQuality;
  const gathered =
    order.local === undefined ? gather(steps) : gatherBest(steps, query, { order: order.local, quality });
  return { ...(await gathered), order, now, quality, level: plan.level, total: undefined };
}

type Gathered = Omit<SearchOutcome, 'order' | 'now' | 'quality' | 'total'>;
interface Ranking {
  readonly order: FieldOrder;
  readonly quality: QualityOptions;
}
type Steps = AsyncIterable<SearchStep>;

async function gather(steps: Steps): Promise<Gathered> {
  const found: Candidate[] = [];
  const end = await drain(steps, (page) => found.push(...page));
  return { ...end, found };
}

/**
 * The first `limit` in the wanted order behind the key of the cursor. Everything up to the page budget is read, but only
 * so many models are kept; the order holds for what was read, and what comes after the budget is a stretch of its own.
 */
async function gatherBest(steps: Steps, query: SearchQuery, ranking: Ranking): Promise<Gathered> {
  const position = readCursor(query.cursor);
  const best = createBest(ranking, query.limit + 1, position.key);
  const end = await drain(steps, (page) => best.add(page));
  const sorted = best.sorted();
  const found = sorted.slice(0, query.limit);
  const last = found.at(-1);
  if (sorted.length <= query.limit || last === undefined) return { ...end, found };
  return {
    ...end,
    found,
    stopped: 'limit',
    nextCursor: writeCursor({ ...position, key: keyOf(ranking.order, last, ranking.quality) }),
  };
}

async function drain(steps: Steps, take: (found: readonly Candidate[]) => void): Promise<Omit<Gathered, 'found'>> {
  for await (const step of steps) {
    if (step.kind === 'page') {
      take(step.found);
      continue;
    }
    const { progress, stopped, relaxations, error, cursor } = step;
    return { ...progress, stopped, relaxations, error, nextCursor: cursor };
  }
  throw new Error('A walk ends with its last step.');
}

/** Keeps the `size` first ones in an order that come after a key. */
function createBest({ order, quality }: Ranking, size: number, after: OrderKey | undefined) {
  let kept: { readonly key: OrderKey; readonly candidate: Candidate }[] = [];
  function settle(): void {
    kept = kept.sort((a, b) => compareKeys(order, a.key, b.key)).slice(0, size);
  }
  return {
    add(found: readonly Candidate[]): void {
      for (const candidate of found) {
        const key = keyOf(order, candidate, quality);
        if (after === undefined || compareKeys(order, key, after) > 0) kept.push({ key, candidate });
      }
      if (kept.length > 2 * size) settle();
    },
    sorted(): readonly Candidate[] {
      settle();
      return kept.map(({ candidate }) => candidate);
    },
  };
}
