/** Tags by the name that counts, whatever other name was written (K-006). */
import type { ReadTables } from '#platform/db';

import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import { readTagAliases } from '../../store/tag-store.ts';
import type { EntryContent } from '../entries/entry-content.ts';
import { factValue } from '../entries/entry-facts.ts';

/** By the other name in one spelling. */
export type TagNames = ReadonlyMap<string, string>;

export async function readTagNames(reads: ReadTables<KnowledgeTables>): Promise<TagNames> {
  return new Map((await readTagAliases(reads)).map(({ folded, tag }) => [folded, tag]));
}

export function tagName(names: TagNames | undefined, tag: string): string {
  return names?.get(factValue(tag)) ?? tag;
}

/** Each tag once, sorted, by the name that counts. */
export function namedTags(names: TagNames, content: EntryContent): EntryContent {
  if (names.size === 0) return content;
  const tags = [...new Set(content.tags.map((tag) => tagName(names, tag)))].toSorted();
  return { ...content, tags };
}
