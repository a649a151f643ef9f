/** Questions with answers as far as somebody may see them. */
import type { Database } from '#platform/db';

import type { FaqItem } from '../../contract/index.ts';
import { findEntries } from '../../store/entry-store.ts';
import { allFaq, type FaqCounts, faqVoices, type StoredFaq } from '../../store/faq-store.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import type { Entry } from '../entries/entry-content.ts';
import { mayRead, type Reader, scopeOf } from '../entries/reading-scope.ts';

/** What the reader may see: who may not see the entry behind it may not see the question either. */
export async function readableFaq(database: Database, reader: Reader): Promise<readonly FaqItem[]> {
  const reads = database.tables<KnowledgeTables>();
  const all = await allFaq(reads);
  const entries = await findEntries(
    reads,
    'id',
    all.flatMap(({ content }) => content.entryId ?? []),
  );
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const voices = await faqVoices(reads, reader.name);
  const scope = scopeOf(reader);
  const isWriter = scope === undefined || scope.unfinished;
  return all.flatMap((one) => {
    const { entryId, status } = one.content;
    const entry = entryId === null ? undefined : byId.get(entryId);
    if (entry !== undefined && !mayRead(scope, entry)) return [];
    const isLost = entryId !== null && entry === undefined;
    return isWriter || (status === 'active' && !isLost) ? [itemOf(one, entry, voices.get(one.id))] : [];
  });
}

function itemOf(
  { id, number, content, version, updatedAt, updatedBy }: StoredFaq,
  entry: Entry | undefined,
  counts: FaqCounts | undefined,
): FaqItem {
  const voices = counts ?? { helpful: 0, notHelpful: 0, own: null };
  const name = `FAQ-${String(number).padStart(3, '0')}`;
  return { ...content, id, number: name, entry: namedEntry(entry), version, updatedAt, updatedBy, ...voices };
}

export function namedEntry(entry: Pick<Entry, 'id' | 'title' | 'type' | 'status'> | undefined): FaqItem['entry'] {
  if (entry === undefined) return null;
  const { id, title, type, status } = entry;
  return { id, title, type, status };
}
