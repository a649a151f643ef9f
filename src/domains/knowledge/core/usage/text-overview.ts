/** Tags and length of all texts (K-164), as they are now. */
import type { ReadTables } from '#platform/db';

import type { KnowledgeTexts } from '../../contract/index.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import { tagSpread, textFigures } from '../../store/text-figures.ts';
import type { ReadingScope } from '../entries/reading-scope.ts';

/** In characters. A text below the first says little more than its title. */
const lengthSteps = [100, 500, 2000] as const;
const mostTags = 20;

export async function textOverview(
  reads: ReadTables<KnowledgeTables>,
  scope: ReadingScope | undefined,
): Promise<KnowledgeTexts> {
  const { entries, withoutTag, steps } = await textFigures(reads, scope, lengthSteps);
  const { total, items } = await tagSpread(reads, scope, mostTags);
  return {
    entries,
    withoutTag,
    lengths: steps.map((counted, index) => {
      const end = lengthSteps[index];
      return { from: lengthSteps[index - 1] ?? 0, to: end === undefined ? null : end - 1, entries: counted };
    }),
    tags: { total, items: items.map(({ value, count }) => ({ tag: value, entries: count })) },
  };
}
