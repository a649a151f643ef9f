/** One voice per reader and entry (K-014); what is not praise becomes a task for who writes here. */
import { nowInstant } from '#kernel/clock';
import type { IdSource } from '#kernel/ids';
import { DAY } from '#kernel/units';

import type { EntryFeedback, FeedbackKind } from '../../contract/index.ts';
import { careOfOpenTask, deleteOpenTask, putTask, putVoice, type Voice, voicesOf } from '../../store/feedback-store.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import type { EntriesWithPlaces } from '../entries/entries.ts';
import { type EntriesDeps, subjectOf, type Writer } from '../entries/entry-changes.ts';
import type { Entry } from '../entries/entry-content.ts';
import { taskOpened } from '../entries/entry-events.ts';
import { listenersOf, type Reader } from '../entries/reading-scope.ts';
import { dayOf } from '../usage/period.ts';
import { createReaderTasks, type ReaderTasks, type TasksDeps } from './reader-tasks.ts';

export interface Feedback extends ReaderTasks {
  /** @throws KuraError `knowledge.entry-not-found`. */
  feedback(reader: Reader, reference: string): Promise<EntryFeedback>;
  /** @throws KuraError `knowledge.entry-not-found`. */
  giveFeedback(reader: Writer, reference: string, voice: GivenVoice): Promise<EntryFeedback>;
}

/** What readers say against an entry is looked at within a week. */
const usualDays = 7;

interface GivenVoice {
  readonly kind: FeedbackKind;
  readonly comment?: string | undefined;
}

export function createFeedback(
  deps: EntriesDeps & TasksDeps & { readonly ids: IdSource },
  entries: Pick<EntriesWithPlaces, 'find'>,
): Feedback {
  const { database, unitOfWork, clock, ids } = deps;

  async function feedback(reader: Reader, reference: string): Promise<EntryFeedback> {
    return await feedbackOn(reader, await entries.find(reader, reference));
  }

  async function feedbackOn(reader: Reader, { id }: Entry): Promise<EntryFeedback> {
    const voices = await voicesOf(database.tables<KnowledgeTables>(), id);
    return {
      helpful: countOf(voices, ['helpful']),
      notHelpful: countOf(voices, ['not-helpful']),
      faults: countOf(voices, ['wrong', 'outdated', 'incomplete']),
      own: voices.find(({ person }) => person === reader.name)?.kind ?? null,
    };
  }

  return {
    feedback,

    async giveFeedback(actor, reference, { kind, comment }) {
      const entry = await entries.find(actor, reference);
      const at = nowInstant(clock);
      const voice: Voice = { entryId: entry.id, person: actor.name, kind, comment: comment ?? null, at };
      await unitOfWork.write(actor, async (tx) => {
        const tables = tx.tables<KnowledgeTables>();
        await putVoice(tables, voice);
        if (kind === 'helpful') await deleteOpenTask(tables, voice);
        else {
          const { id, title, owner } = entry;
          const usual = { assignee: owner, dueOn: dayOf(clock.now() + usualDays * DAY) };
          // Who says something else takes back what was said, not whom it was given to.
          const care = (await careOfOpenTask(tables, voice)) ?? usual;
          await putTask(tables, { ...voice, ...care, id: ids.next() });
          tx.publish(taskOpened, { id, title, kind, owner, by: actor.name, audience: listenersOf(entry) });
        }
        await tx.audit({
          action: 'knowledge.give-feedback',
          subject: subjectOf(entry),
          result: 'done',
          after: { kind },
        });
      });
      return await feedbackOn(actor, entry);
    },

    ...createReaderTasks(deps),
  };
}

function countOf(voices: ReadonlyArray<{ readonly kind: FeedbackKind }>, kinds: readonly FeedbackKind[]): number {
  return voices.filter(({ kind }) => kinds.includes(kind)).length;
}
