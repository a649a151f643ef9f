/** What readers leave to do for who writes here (K-166): who sees to it, until when, and what came of it. */
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';

import type { KnowledgeTask } from '../../contract/index.ts';
import { assignTaskRow, closeTaskRow, type TaskCare, type TaskFilter, tasksOf } from '../../store/feedback-store.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import type { EntriesDeps, Writer } from '../entries/entry-changes.ts';
import { type Reader, scopeOf } from '../entries/reading-scope.ts';
import { assigneeNamed, type PersonNamed } from './assignee.ts';

export interface ReaderTasks {
  /** The soonest due first. */
  tasks(reader: Reader, filter: TasksAsked): Promise<readonly KnowledgeTask[]>;
  /** @throws KuraError `knowledge.task-not-found`: there is none, or it is closed already. */
  closeTask(writer: Writer, id: string, closure: TaskClosure): Promise<KnowledgeTask>;
  /**
   * @throws KuraError `knowledge.task-not-found`: there is none, or it is closed; `knowledge.task-for-nobody`: no account
   * has that name.
   */
  assignTask(writer: Writer, id: string, care: TaskCare): Promise<KnowledgeTask>;
}

/** `own`: what the reader has to see to; goes before `assignee`. */
export interface TasksAsked {
  readonly state: 'open' | 'closed';
  readonly assignee?: string | undefined;
  readonly own?: boolean;
  readonly limit: number;
}

export interface TasksDeps extends Pick<EntriesDeps, 'database' | 'unitOfWork' | 'clock'> {
  readonly personNamed?: PersonNamed | undefined;
}

interface TaskClosure {
  readonly outcome: 'done' | 'dismissed';
  readonly resolution?: string | undefined;
}

export function createReaderTasks({ database, unitOfWork, clock, personNamed }: TasksDeps): ReaderTasks {
  return {
    tasks: (reader, { state, assignee, own, limit }) =>
      tasksOf(database.tables<KnowledgeTables>(), {
        scope: scopeOf(reader),
        isOpen: state === 'open',
        assignee: own === true ? reader.name : assignee,
        limit,
      }),

    async assignTask(actor, id, { assignee: typed, dueOn }) {
      const care = { assignee: typed === null ? null : await assigneeNamed(personNamed, actor, typed), dueOn };
      return await unitOfWork.write(actor, async (tx) => {
        const tables = tx.tables<KnowledgeTables>();
        const task = await onlyTask(tables, { scope: scopeOf(actor), isOpen: true, id });
        await assignTaskRow(tables, id, care);
        await tx.audit({
          action: 'knowledge.assign-task',
          subject: { kind: 'knowledge-entry', id: task.entry.id },
          result: 'done',
          after: care,
        });
        return { ...task, ...care };
      });
    },

    closeTask: (actor, id, { outcome, resolution }) =>
      unitOfWork.write(actor, async (tx) => {
        const tables = tx.tables<KnowledgeTables>();
        const task = await onlyTask(tables, { scope: scopeOf(actor), isOpen: true, id });
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
