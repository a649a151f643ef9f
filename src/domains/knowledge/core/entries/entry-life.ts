/** The way of an entry from draft to archive (K-058), and that it still holds (K-059). */
import { KuraError } from '#kernel/errors';
import type { WriteTransaction } from '#platform/unit-of-work';

import type { EntryStatus, EntryView } from '../../contract/index.ts';
import { type EntriesDeps, entryOfVersion, replaceEntry, viewOf, type Writer } from './entry-changes.ts';
import { contentOf, type Entry, type EntryContent } from './entry-content.ts';
import { entryMoved } from './entry-events.ts';
import { type KnowledgeRules, nextReview, publishedCare } from './publishing-rules.ts';
import { listenersOf } from './reading-scope.ts';

export interface EntryMove {
  readonly to: EntryStatus;
  /** As it was read. */
  readonly version: number;
  readonly note?: string | undefined;
  /** Who is asked to look at it. */
  readonly reviewer?: string | undefined;
}

export interface EntryLife {
  /**
   * Asks for a review, publishes, returns or puts away.
   * @throws KuraError as `update`, `knowledge.no-such-step`, `knowledge.second-person`.
   */
  move(writer: Writer, id: string, move: EntryMove): Promise<EntryView>;
  /** Somebody looked: it still holds, until the next day of review. @throws KuraError as `update`. */
  confirm(writer: Writer, id: string, version: number): Promise<EntryView>;
}

/** Where an entry can go from where it is. */
const steps: Readonly<Record<EntryStatus, readonly EntryStatus[]>> = {
  draft: ['review', 'published', 'archived'],
  review: ['published', 'draft', 'archived'],
  published: ['archived', 'review', 'draft'],
  archived: ['published', 'draft', 'review'],
};

export function createEntryLife(deps: EntriesDeps): EntryLife {
  const { unitOfWork, writer, clock, rules } = deps;
  return {
    move: (actor, id, move) =>
      unitOfWork.write(actor, async (tx) => {
        const before = await entryOfVersion(tx, actor, { id, version: move.version });
        requireStep(before, move.to, { actor, rules: rules() });
        const moved: EntryContent = {
          ...contentOf(before),
          status: move.to,
          reviewer: move.reviewer ?? before.reviewer,
        };
        const settling = { rules: rules(), clock, writer: actor.name };
        const content = move.to === 'published' ? { ...moved, ...publishedCare(moved, settling) } : moved;
        const entry = await replaceEntry(tx, writer, { before, content, note: move.note });
        publishMove(tx, before, entry);
        return viewOf(entry);
      }),

    confirm: (actor, id, version) =>
      unitOfWork.write(actor, async (tx) => {
        const before = await entryOfVersion(tx, actor, { id, version });
        const content = { ...contentOf(before), reviewOn: nextReview(rules(), clock) };
        return viewOf(await replaceEntry(tx, writer, { before, content }));
      }),
  };
}

/** With four eyes, what is published was put forward by somebody else than who publishes it. */
function requireStep(
  { status, title, updatedBy }: Entry,
  to: EntryStatus,
  { actor, rules }: { readonly actor: Writer; readonly rules: KnowledgeRules },
): void {
  if (!steps[status].includes(to)) throw new KuraError('conflict', 'knowledge.no-such-step', { params: { title } });
  if (to !== 'published' || !rules.fourEyes) return;
  if (status !== 'review') throw new KuraError('conflict', 'knowledge.review-first', { params: { title } });
  if (updatedBy === actor.name) throw new KuraError('forbidden', 'knowledge.second-person', { params: { title } });
}

function publishMove(tx: WriteTransaction, before: Entry, entry: Entry): void {
  const { id, title, status, note, owner, reviewer } = entry;
  tx.publish(entryMoved, {
    id,
    title,
    from: before.status,
    to: status,
    by: tx.actor.name,
    note,
    owner,
    reviewer,
    audience: listenersOf(entry, before),
  });
}
