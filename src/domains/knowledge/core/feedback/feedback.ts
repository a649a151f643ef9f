/** One voice per reader and entry (K-014); what is not praise becomes a task for who writes here. */
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { IdSource } from '#kernel/ids';
import { DAY } from '#kernel/units';

import type { EntryFeedback, FeedbackKind, KnowledgeTask } from '../../contract/index.ts';
import {
  assignTaskRow,
  closeTaskRow,
  deleteOpenTask,
  putTask,
  putVoice,
  type TaskFilter,
  tasksOf,
  type Voice,
  voicesOf,
} from '../../store/feedback-store.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import type { EntriesWithPlaces } from '../entries/entries.ts';
import { type EntriesDeps, subjectOf, type Writer } from '../entries/entry-changes.ts';
import type { Entry } from '../entries/entry-content.ts';
import { taskOpened } from '../entries/entry-events.ts';
import { listenersOf, type Reader, scopeOf } from '../entries/reading-scope.ts';
import { dayOf } from '../usage/period.ts';

export interface Feedback {
  /** @throws KuraError `knowledge.entry-not-found`. */
  feedback(reader: Reader, reference: string): Promise<EntryFeedback>;
  /** @throws KuraError `knowledge.entry-not-found`. */
  giveFeedback(reader: Writer, reference: string, voice: GivenVoice): Promise<EntryFeedback>;
  /** The soonest due first. */
  tasks(
    reader: Reader,
    filter: { readonly state: 'open' | 'closed'; readonly assignee?: string | undefined; readonly limit: number },
  ): Promise<readonly KnowledgeTask[]>;
  /** @throws KuraError `knowledge.task-not-found`. */
  closeTask(writer: Writer, id: string, closure: TaskClosure): Promise<KnowledgeTask>;
  /** @throws KuraError `knowledge.task-not-found`: there is none, or it is closed. */
  assignTask(writer: Writer, id: string, care: TaskCare): Promise<KnowledgeTask>;
}

interface TaskClosure {
  readonly outcome: 'done' | 'dismissed';
  readonly resolution?: string | undefined;
}

interface TaskCare {
  readonly assignee: string | null;
  /** A day, YYYY-MM-DD. */
  readonly dueOn: string | null;
}

/** What readers say against an entry is looked at within a week. */
const usualDays = 7;

interface GivenVoice {
  readonly kind: FeedbackKind;
  readonly comment?: string | undefined;
}

export function createFeedback(
  deps: EntriesDeps & { readonly ids: IdSource },
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
          const dueOn = dayOf(clock.now() + usualDays * DAY);
          await putTask(tables, { ...voice, id: ids.next(), assignee: owner, dueOn });
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

    tasks: (reader, { state, assignee, limit }) =>
      tasksOf(database.tables<KnowledgeTables>(), {
        scope: scopeOf(reader),
        isOpen: state === 'open',
        assignee,
        limit,
      }),

    assignTask: (actor, id, care) =>
      unitOfWork.write(actor, async (tx) => {
        const tables = tx.tables<KnowledgeTables>();
        const task = await onlyTask(tables, { scope: scopeOf(actor), isOpen: true, id });
        await assignTaskRow(tables, id, care);
        await tx.audit({
          action: 'knowledge.assign-task',
          subject: { kind: 'knowledge-entry', id: task.entry.id },
          result: 'done',
          after: { assignee: care.assignee, dueOn: care.dueOn },
        });
        return { ...task, ...care };
      }),

    closeTask: (actor, id, { outcome, resolution }) =>
      unitOfWork.write(actor, async (tx) => {
        const tables = tx.tables<KnowledgeTables>();
        const task = await onlyTask(tables, { scope: scopeOf(actor), id });
        const closed = { at: nowInstant(clock), by: actor.name, outcome, resolution: resolution ?? null };
        await closeTaskRow(tables, id, closed);
        await tx.audit({
          action: 'knowledge.close-task',
          subject: { kind: 'knowledge-entry', id: task.entry.id },
          result: 'done',
          after: { outcome },
        });
        return { ...task, closedAt: closed.at, closedBy: closed.by, outcome, resolution: closed.resolution };
      }),
  };
}

async function onlyTask(
  tables: Parameters<typeof tasksOf>[0],
  filter: Omit<TaskFilter, 'limit' | 'id'> & { readonly id: string },
): Promise<KnowledgeTask> {
  const [task] = await tasksOf(tables, { ...filter, limit: 1 });
  if (task === undefined) throw new KuraError('not-found', 'knowledge.task-not-found', { params: { id: filter.id } });
  return task;
}

function countOf(voices: ReadonlyArray<{ readonly kind: FeedbackKind }>, kinds: readonly FeedbackKind[]): number {
  return voices.filter(({ kind }) => kinds.includes(kind)).length;
}
