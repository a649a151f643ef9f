/**
 * What people say of Kura itself (K-015, K-162): each sees their own and what became of it; who manages goes through all.
 */
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { IdSource } from '#kernel/ids';
import { withoutUndefined } from '#kernel/without-undefined';

import type { SystemFeedback, SystemFeedbackCategory, SystemFeedbackStatus } from '../../contract/index.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import {
  countOpenSystemFeedback,
  findSystemFeedback,
  insertSystemFeedback,
  systemFeedbackBy,
  systemFeedbackOf,
  updateSystemFeedback,
} from '../../store/system-feedback-store.ts';
import type { Writer } from '../entries/entry-changes.ts';
import type { Reader } from '../entries/reading-scope.ts';
import { assigneeNamed } from '../feedback/assignee.ts';
import type { TasksDeps } from '../feedback/reader-tasks.ts';

export interface SystemFeedbackDesk {
  /** @throws KuraError `knowledge.too-much-system-feedback`: too much of theirs is still to be looked at. */
  sendSystemFeedback(writer: Writer, given: GivenSystemFeedback): Promise<SystemFeedback>;
  /** The newest first. */
  ownSystemFeedback(reader: Reader, limit: number): Promise<readonly SystemFeedback[]>;
  /** Of everybody, for who manages; the most urgent first. */
  systemFeedback(asked: {
    readonly state: 'open' | 'closed';
    readonly category?: SystemFeedbackCategory | undefined;
    readonly limit: number;
  }): Promise<readonly SystemFeedback[]>;
  /** @throws KuraError `knowledge.system-feedback-not-found`, `knowledge.task-for-nobody`. */
  triageSystemFeedback(writer: Writer, id: string, care: SystemFeedbackCare): Promise<SystemFeedback>;
}

type GivenSystemFeedback = Pick<SystemFeedback, 'category' | 'title' | 'description' | 'priority'>;

/** What is left out stays as it is. */
interface SystemFeedbackCare {
  readonly status?: SystemFeedbackStatus | undefined;
  readonly priority?: SystemFeedback['priority'] | undefined;
  readonly assignee?: string | null | undefined;
  readonly answer?: string | null | undefined;
}

/** Of one person: whoever writes more than is read is not heard better. */
const mostOpen = 100;

export function createSystemFeedback(deps: TasksDeps & { readonly ids: IdSource }): SystemFeedbackDesk {
  const { database, unitOfWork, clock, ids, personNamed } = deps;
  return {
    sendSystemFeedback: (actor, { category, title, description, priority }) =>
      unitOfWork.write(actor, async (tx) => {
        const tables = tx.tables<KnowledgeTables>();
        if ((await countOpenSystemFeedback(tables, actor.name)) >= mostOpen)
          throw new KuraError('limit', 'knowledge.too-much-system-feedback', { params: { most: mostOpen } });
        const now = nowInstant(clock);
        const given = { id: ids.next(), category, title, description, priority, status: 'new' as const };
        const added = {
          ...given,
          assignee: null,
          answer: null,
          givenAt: now,
          givenBy: actor.name,
          updatedAt: now,
          resolvedAt: null,
        };
        await insertSystemFeedback(tables, added);
        await tx.audit({
          action: 'knowledge.send-system-feedback',
          subject: { kind: 'system-feedback', id: added.id },
          result: 'done',
          after: { category, priority },
        });
        return added;
      }),

    ownSystemFeedback: (reader, limit) => systemFeedbackBy(database.tables<KnowledgeTables>(), reader.name, limit),

    systemFeedback: ({ state, category, limit }) =>
      systemFeedbackOf(database.tables<KnowledgeTables>(), { isOpen: state === 'open', category, limit }),

    async triageSystemFeedback(actor, id, care) {
      const typed = care.assignee;
      const assignee = typeof typed === 'string' ? await assigneeNamed(personNamed, actor, typed) : typed;
      return await unitOfWork.write(actor, async (tx) => {
        const tables = tx.tables<KnowledgeTables>();
        const before = await findSystemFeedback(tables, id);
        if (before === undefined)
          throw new KuraError('not-found', 'knowledge.system-feedback-not-found', { params: { id } });
        const now = nowInstant(clock);
        const cared = { ...before, ...withoutUndefined({ ...care, assignee }), updatedAt: now };
        const after = { ...cared, resolvedAt: isSettled(cared) ? (before.resolvedAt ?? now) : null };
        await updateSystemFeedback(tables, after);
        await tx.audit({
          action: 'knowledge.triage-system-feedback',
          subject: { kind: 'system-feedback', id },
          result: 'done',
          before: triaged(before),
          after: triaged(after),
        });
        return after;
      });
    },
  };
}

function isSettled({ status }: Pick<SystemFeedback, 'status'>): boolean {
  return status === 'completed' || status === 'rejected';
}

function triaged({ status, priority, assignee }: SystemFeedback) {
  return { status, priority, assignee };
}
