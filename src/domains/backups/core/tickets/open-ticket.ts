/** Opens a ticket for a check that failed, in the transaction that records the failure. */
import { instant } from '#kernel/brands';
import type { Clock } from '#kernel/clock';
import { nowInstant } from '#kernel/clock';
import type { IdSource } from '#kernel/ids';
import { DAY } from '#kernel/units';
import type { WriteTransaction } from '#platform/unit-of-work';

import type { TicketCause, TicketImportance, TicketKind } from '../../contract/index.ts';
import type { BackupsTables } from '../../store/backups-tables.ts';
import { addTicketChange, findOpenTicket, insertTicket, updateTicket } from '../../store/ticket-store.ts';
import type { Reason } from '../runs/run-record.ts';
import { ticketOpened } from './ticket-events.ts';
import type { Ticket } from './ticket-record.ts';

export interface FailedCheck {
  readonly job: string;
  readonly title: string;
  readonly copy: string | null;
  readonly copyId: string | null;
  readonly kind: TicketKind;
  readonly cause: TicketCause;
  /** Of the record that holds the failure. */
  readonly causeId: string | null;
  /** Default: by kind. */
  readonly importance?: TicketImportance | undefined;
  readonly assignee?: string | null | undefined;
  readonly what: Reason;
  readonly findings: readonly Reason[];
}

/** Within how long a ticket is to be settled. */
const daysToSettle: Readonly<Record<TicketImportance, number>> = { critical: 1, high: 3, medium: 7, low: 30 };
const importanceOf: Readonly<Record<TicketKind, TicketImportance>> = {
  corruption: 'critical',
  restore: 'critical',
  tampering: 'high',
  capacity: 'medium',
  connection: 'medium',
  other: 'medium',
};
const keptFindings = 20;

export type TicketContext = { readonly clock: Clock; readonly ids: IdSource };

/** The same check of the same copy failing again adds to the ticket that is open. Whoever calls it tells the verdict. */
export async function openTicket(context: TicketContext, tx: WriteTransaction, failed: FailedCheck): Promise<Ticket> {
  const tables = tx.tables<BackupsTables>();
  const known = failed.cause === 'person' ? undefined : await findOpenTicket(tables, failed);
  return known === undefined ? await openNew(context, tx, failed) : await failedAgain(context, tx, known, failed);
}

/** When a ticket of that importance that begins now is to be settled. */
export function settleBy(clock: Clock, importance: TicketImportance): string {
  return instant(new Date(clock.now() + daysToSettle[importance] * DAY));
}

async function openNew({ clock, ids }: TicketContext, tx: WriteTransaction, failed: FailedCheck): Promise<Ticket> {
  const tables = tx.tables<BackupsTables>();
  const now = nowInstant(clock);
  const importance = failed.importance ?? importanceOf[failed.kind];
  const wanted: Omit<Ticket, 'number'> = {
    id: ids.next(),
    job: failed.job,
    copy: failed.copy,
    copyId: failed.copyId,
    kind: failed.kind,
    cause: failed.cause,
    causeId: failed.causeId,
    importance,
    status: 'open',
    what: failed.what,
    findings: failed.findings.slice(0, keptFindings),
    assignee: failed.assignee ?? null,
    times: 1,
    openedAt: now,
    lastAt: now,
    dueAt: settleBy(clock, importance),
    overdueToldAt: null,
    closedAt: null,
    closedBy: null,
    closingReason: null,
    closingProof: null,
  };
  const number = await insertTicket(tables, wanted);
  const ticket = { ...wanted, number };
  await addTicketChange(tables, ticket.id, { at: now, by: tx.actor.name, what: 'opened', detail: {}, note: null });
  await tx.audit({
    action: 'backups.open-ticket',
    subject: { kind: 'backup-ticket', id: ticket.id, name: String(number) },
    level: importance === 'critical' ? 'critical' : 'warning',
    result: 'done',
    after: { job: failed.job, copy: failed.copy, kind: failed.kind, cause: failed.cause, importance },
  });
  tx.publish(ticketOpened, { ...toldOf(ticket), title: failed.title });
  return ticket;
}

async function failedAgain(
  { clock }: TicketContext,
  tx: WriteTransaction,
  known: Ticket,
  { causeId, findings, what }: FailedCheck,
): Promise<Ticket> {
  const tables = tx.tables<BackupsTables>();
  const at = nowInstant(clock);
  const ticket = {
    ...known,
    times: known.times + 1,
    lastAt: at,
    what,
    causeId,
    findings: findings.slice(0, keptFindings),
  };
  await updateTicket(tables, ticket);
  const detail = { times: ticket.times };
  await addTicketChange(tables, ticket.id, { at, by: tx.actor.name, what: 'again', detail, note: null });
  return ticket;
}

export function toldOf({ id, number, job, copy, kind, importance, assignee, dueAt }: Ticket) {
  return { ticketId: id, number, job, copy, kind, importance, assignee, dueAt };
}
