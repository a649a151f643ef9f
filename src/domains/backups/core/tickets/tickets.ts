/** Tickets as people work on them. */
import { instant } from '#kernel/brands';
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { DAY, HOUR } from '#kernel/units';
import type { Actor } from '#platform/unit-of-work';

import type { ChangeTicket, NewTicket, TicketStatistics } from '../../contract/index.ts';
import type { BackupsTables } from '../../store/backups-tables.ts';
import {
  addTicketChange,
  findTicket,
  findTicketChanges,
  listTickets,
  type TicketQuery,
  ticketTimes,
  updateTicket,
} from '../../store/ticket-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { requireCopy, requireJob } from '../register/find-registered.ts';
import { observeCopies } from '../register/observe-copies.ts';
import { updateVerdict } from '../verdict/update-verdict.ts';
import { closeTicket } from './close-by-proof.ts';
import { openTicket, settleBy } from './open-ticket.ts';
import type { Ticket, TicketChange } from './ticket-record.ts';

export interface TicketPage {
  readonly items: readonly Ticket[];
  readonly statistics: TicketStatistics;
  readonly now: string;
}

export interface TicketHistory {
  readonly ticket: Ticket;
  readonly changes: readonly TicketChange[];
  readonly now: string;
}

export interface Tickets {
  /** Newest first. */
  list(query: TicketQuery): Promise<TicketPage>;
  /** By id or number. @throws KuraError `backups.ticket-not-found`. */
  read(ticket: string): Promise<TicketHistory>;
  /** What somebody found. @throws KuraError `backups.job-not-found`, `backups.copy-not-found`. */
  open(actor: Actor, wanted: NewTicket): Promise<TicketHistory>;
  /** @throws KuraError `backups.ticket-not-found`, conflict `backups.ticket-closed`, invalid `backups.ticket-reason-missing`. */
  change(actor: Actor, ticket: string, change: ChangeTicket): Promise<TicketHistory>;
}

export function createTickets(context: BackupsContext): Tickets {
  function reads() {
    return context.database.tables<BackupsTables>();
  }
  async function read(id: string): Promise<TicketHistory> {
    const ticket = await requireTicket(context, id);
    const changes = await findTicketChanges(reads(), ticket.id);
    return { ticket, changes, now: nowInstant(context.clock) };
  }
  return {
    async list(query) {
      const items = await listTickets(reads(), query);
      return { items, statistics: await statisticsOf(context, query.job), now: nowInstant(context.clock) };
    },
    read,
    open: async (actor, wanted) => read(await openByHand(context, actor, wanted)),
    change: async (actor, id, change) => read(await changeTicket(context, actor, id, change)),
  };
}

async function requireTicket({ database }: Pick<BackupsContext, 'database'>, id: string): Promise<Ticket> {
  const ticket = await findTicket(database.tables<BackupsTables>(), id);
  if (ticket === undefined) throw new KuraError('not-found', 'backups.ticket-not-found', { params: { ticket: id } });
  return ticket;
}

async function openByHand(context: BackupsContext, actor: Actor, wanted: NewTicket): Promise<string> {
  const job = await requireJob(context, wanted.job);
  const copy = wanted.copy === undefined ? undefined : requireCopy(job, wanted.copy);
  const observations = await observeCopies(job.copies, context.storages);
  return context.unitOfWork.write(actor, async (tx) => {
    const { id } = await openTicket(context, tx, {
      job: job.key,
      title: job.title,
      copy: copy?.name ?? null,
      copyId: copy?.id ?? null,
      kind: wanted.kind,
      cause: 'person',
      causeId: null,
      importance: wanted.importance,
      assignee: wanted.assignee,
      what: { code: 'backups.ticket-told', params: { detail: wanted.detail } },
      findings: [],
    });
    await updateVerdict(context, tx, job.key, observations);
    return id;
  });
}

async function changeTicket(context: BackupsContext, actor: Actor, id: string, change: ChangeTicket): Promise<string> {
  const { job: key } = await requireTicket(context, id);
  const job = await requireJob(context, key);
  const observations = await observeCopies(job.copies, context.storages);
  return context.unitOfWork.write(actor, async (tx) => {
    const tables = tx.tables<BackupsTables>();
    const before = await findTicket(tables, id);
    if (before === undefined || before.status === 'done') {
      throw new KuraError('conflict', 'backups.ticket-closed', { params: { ticket: before?.number ?? id } });
    }
    const after = changed(context, before, change);
    await updateTicket(tables, after);
    const detail = differences(before, after);
    const note = change.note ?? null;
    if (Object.keys(detail).length > 0 || note !== null) {
      const at = nowInstant(context.clock);
      await addTicketChange(tables, before.id, { at, by: actor.name, what: 'changed', detail, note });
      const subject = { kind: 'backup-ticket', id: before.id, name: String(before.number) };
      await tx.audit({ action: 'backups.change-ticket', subject, result: 'done', after: detail });
    }
    if (change.status === 'done') {
      const reason = change.reason ?? null;
      if (reason === null) throw new KuraError('invalid', 'backups.ticket-reason-missing');
      await closeTicket(context, tx, after, { by: 'person', reason, proofId: null, title: job.title });
    }
    await updateVerdict(context, tx, job.key, observations);
    return before.id;
  });
}

/** The status `done` is set by closing. */
function changed({ clock }: BackupsContext, before: Ticket, change: ChangeTicket): Ticket {
  const { status, importance, assignee, dueAt } = change;
  const anew = importance !== undefined && importance !== before.importance;
  const due = dueAt ?? (anew ? settleBy(clock, importance) : before.dueAt);
  return {
    ...before,
    status: status === undefined || status === 'done' ? before.status : status,
    importance: importance ?? before.importance,
    assignee: assignee === undefined ? before.assignee : assignee,
    dueAt: due,
    overdueToldAt: due === before.dueAt ? before.overdueToldAt : null,
  };
}

function differences(before: Ticket, after: Ticket): TicketChange['detail'] {
  const names = ['status', 'importance', 'assignee', 'dueAt'] as const;
  return Object.fromEntries(names.filter((name) => before[name] !== after[name]).map((name) => [name, after[name]]));
}

async function statisticsOf({ database, clock }: BackupsContext, job: string | undefined): Promise<TicketStatistics> {
  const since = instant(new Date(clock.now() - 30 * DAY));
  const times = await ticketTimes(database.tables<BackupsTables>(), { job, since });
  const now = nowInstant(clock);
  const hours = times.flatMap(({ openedAt, closedAt }) =>
    closedAt === null ? [] : [(Date.parse(closedAt) - Date.parse(openedAt)) / HOUR],
  );
  return {
    open: times.filter(({ status }) => status === 'open').length,
    inProgress: times.filter(({ status }) => status === 'in-progress').length,
    overdue: times.filter(({ status, dueAt }) => status !== 'done' && dueAt < now).length,
    closedIn30Days: hours.length,
    meanHoursToClose: hours.length === 0 ? null : hours.reduce((sum, one) => sum + one, 0) / hours.length,
  };
}
