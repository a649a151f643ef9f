import type { SearchAnswer } from '../contract/index.ts';

/** The largest answer of one call (contract/search-query.ts). */
export const LARGEST_CALL = 1000;

export interface AnswerRange {
  /** Infinity = all there are. */
  readonly limit: number;
  readonly cursor: string | undefined;
}

export interface Asking {
  readonly ask: (range: { readonly limit: number; readonly cursor: string | undefined }) => Promise<SearchAnswer>;
  /** What to tell people about an error. */
  readonly describe: (error: unknown) => SearchAnswer['error'];
}

/**
 * Answers one after the other, through their cursors, until so many items have come or there are no more. What fails
 * after the first answer ends the walk with an answer that says so and where to go on; nothing that came is lost.
 */
export async function* walkAnswers(
  range: AnswerRange,
  { ask, describe }: Asking,
): AsyncGenerator<SearchAnswer, void, void> {
  let { cursor } = range;
  let missing = range.limit;
  let last: SearchAnswer | undefined;
  for (;;) {
    const answer = await askOn(last, async () => ask({ limit: Math.min(missing, LARGEST_CALL), cursor }), describe);
    last = answer;
    yield answer;
    missing -= answer.items.length;
    cursor = answer.nextCursor;
    if (missing <= 0 || cursor === undefined || answer.error !== undefined) return;
  }
}

async function askOn(
  last: SearchAnswer | undefined,
  ask: () => Promise<SearchAnswer>,
  describe: Asking['describe'],
): Promise<SearchAnswer> {
  try {
    return await ask();
  } catch (error) {
    if (last === undefined) throw error;
    const stages = last.stages.map((stage) => ({ ...stage, in: 0, out: 0 }));
    const contributions = last.contributions.map((one) => ({ ...one, fetched: 0, added: 0 }));
    return { ...last, items: [], stages, contributions, stopped: 'error', error: describe(error) };
  }
}

/** All of a walk as one answer; the first one says what was asked, the last one how it ended. */
export function joinAnswers(before: SearchAnswer | undefined, next: SearchAnswer): SearchAnswer {
  if (before === undefined) return next;
  return {
    ...next,
    items: [...before.items, ...next.items],
    stages: next.stages.map((stage, index) => addStages(before.stages[index], stage)),
    sent: before.sent,
    asOf: older(before.asOf, next.asOf),
    contributions: next.contributions.map((one, index) => ({
      ...one,
      fetched: one.fetched + (before.contributions[index]?.fetched ?? 0),
      added: one.added + (before.contributions[index]?.added ?? 0),
    })),
    relaxations: before.items.length + next.items.length === 0 ? next.relaxations : [],
  };
}

function older(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}

function addStages(before: SearchAnswer['stages'][number] | undefined, next: SearchAnswer['stages'][number]) {
  return { ...next, in: next.in + (before?.in ?? 0), out: next.out + (before?.out ?? 0) };
}
