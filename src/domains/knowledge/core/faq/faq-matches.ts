/** Which questions with answers somebody's words mean. */
import { createRelevance, parseQuery } from '#engines/lexis';

import type { FaqItem } from '../../contract/index.ts';

/** The part of `createRelevance` that coverage can reach. */
const fullCoverage = 10;
/** What shares less with the question speaks of something else. */
const leastCoverage = 0.5;

/** Best first. */
export function answering<Item extends Pick<FaqItem, 'question' | 'variants' | 'category' | 'answer'>>(
  q: string,
  items: readonly Item[],
): readonly Item[] {
  const relevanceOf = createRelevance(parseQuery(q), () => 1);
  return items
    .map((item) => {
      const title = [item.question, ...item.variants].join('\n');
      const { score, parts } = relevanceOf({ title, tags: [item.category], body: item.answer ?? '' });
      return { item, score, coverage: parts.coverage / fullCoverage };
    })
    .filter(({ coverage }) => coverage >= leastCoverage)
    .toSorted((a, b) => b.score - a.score)
    .map(({ item }) => item);
}

/** Whether the question itself, not the answer, says nearly all of it. */
export function isAsked(q: string, { question, variants }: Pick<FaqItem, 'question' | 'variants'>): boolean {
  const relevanceOf = createRelevance(parseQuery(q), () => 1);
  return [question, ...variants].some(
    (title) => relevanceOf({ title, tags: [], body: '' }).parts.coverage / fullCoverage >= nearlyAll,
  );
}

const nearlyAll = 0.8;
