/** Entries that say the same (K-042, K-061): named before one more is saved, and joined without losing anything. */
import { KuraError } from '#kernel/errors';

import type { EntryView, LikelyDuplicate } from '../../contract/index.ts';
import { moveAttachments } from '../../store/attachment-store.ts';
import { findEntries } from '../../store/entry-store.ts';
import { moveVoices } from '../../store/feedback-store.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import { moveLinks } from '../../store/link-store.ts';
import { redirectRemoved } from '../../store/version-store.ts';
import { moveWatches } from '../../store/watch-store.ts';
import type { EntriesWithPlaces } from '../entries/entries.ts';
import {
  type EntriesDeps,
  entryIn,
  entryOfVersion,
  keptContent,
  removeEntry,
  replaceEntry,
  viewOf,
  type Writer,
} from '../entries/entry-changes.ts';
import { contentOf, type Entry } from '../entries/entry-content.ts';
import { isLimited, type Reader, scopeOf } from '../entries/reading-scope.ts';
import { redirectFaq } from '../faq/faq.ts';
import { relatedEntries } from '../search/related-entries.ts';
import type { SearchDeps } from '../search/search-request.ts';
import { leastSimilarity, pairsOf, similarity } from './text-similarity.ts';

export interface UnsavedText {
  readonly title: string;
  readonly body: string;
  readonly except?: string | undefined;
}

export interface Merge {
  readonly duplicate: string;
  readonly version: number;
  readonly body?: string | undefined;
  readonly note?: string | undefined;
}

export interface Duplicates {
  /** The most similar first. */
  duplicates(reader: Reader, text: UnsavedText): Promise<readonly LikelyDuplicate[]>;
  /**
   * The duplicate is removed and leads to the entry.
   * @throws KuraError as `update`, `knowledge.merge-with-itself`, `knowledge.merge-opens`.
   */
  merge(writer: Writer, id: string, merge: Merge): Promise<EntryView>;
}

/** Compared closely. */
const mostCandidates = 20;
const mostNamed = 5;

export function createDuplicates(deps: EntriesDeps & SearchDeps, entries: Pick<EntriesWithPlaces, 'find'>): Duplicates {
  const { database, unitOfWork, writer } = deps;
  return {
    async duplicates(reader, { title, body, except }) {
      const text = { title, body, tags: [], position: 0 };
      const near = await relatedEntries(deps, text, { scope: scopeOf(reader), limit: mostCandidates });
      const reads = database.tables<KnowledgeTables>();
      const ids = near.flatMap(({ id }) => (id === except ? [] : id));
      const own = pairsOf(text);
      return (await findEntries(reads, 'id', ids))
        .map((entry) => likeness(entry, similarity(own, pairsOf(entry))))
        .filter((one) => one.similarity >= leastSimilarity)
        .toSorted((a, b) => b.similarity - a.similarity)
        .slice(0, mostNamed);
    },

    async merge(actor, reference, { duplicate, version, body, note }) {
      const [{ id }, other] = [await entries.find(actor, reference), await entries.find(actor, duplicate)];
      if (id === other.id) throw new KuraError('invalid', 'knowledge.merge-with-itself');
      return await unitOfWork.write(actor, async (tx) => {
        const target = await entryOfVersion(tx, actor, { id, version });
        const source = await entryIn(tx, actor, other.id);
        refuseOpening(source, target);
        const content = await keptContent(tx, deps, joined(target, source, body), target);
        const tables = tx.tables<KnowledgeTables>();
        await moveLinks(tables, source.id, id);
        await moveVoices(tables, source.id, id);
        await moveWatches(tables, source.id, id);
        await moveAttachments(tables, source.id, id);
        await redirectRemoved(tables, source.id, id);
        await redirectFaq(tx, deps, actor, { from: source.id, to: id, note: source.title });
        await removeEntry(tx, deps, source, id);
        return viewOf(await replaceEntry(tx, writer, { before: target, content, note: note ?? source.title }));
      });
    },
  };
}

function likeness({ id, title, type, status, updatedAt }: Entry, value: number): LikelyDuplicate {
  return { id, title, type, status, updatedAt, similarity: Math.round(value * 1000) / 1000 };
}

function joined(target: Entry, source: Entry, body: string | undefined) {
  const tags = [...new Set([...target.tags, ...source.tags])].toSorted();
  return { ...contentOf(target), tags, body: body ?? `${target.body}\n\n## ${source.title}\n\n${source.body}` };
}

/** What was for few must not come to many by being joined with what is for all. */
function refuseOpening(source: Entry, { visibility, department, title }: Entry): void {
  const isSame = source.visibility === visibility && source.department === department;
  if (isLimited(source.visibility) && !isSame)
    throw new KuraError('conflict', 'knowledge.merge-opens', { params: { title, duplicate: source.title } });
}
