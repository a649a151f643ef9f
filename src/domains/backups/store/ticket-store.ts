/** Error tickets and what happened to them, as rows. */
import type { Selectable, Updateable } from 'kysely';
import { z } from 'zod';

import type { ReadTables, Tables } from '#platform/db';

import type { TicketStatus } from '../contract/index.ts';
import type { Reason } from '../core/runs/run-record.ts';
import type { Ticket, TicketChange } from '../core/tickets/ticket-record.ts';
import type { BackupsTables } from './backups-tables.ts';

type Reads = ReadTables<BackupsTables>;
type Writes = Tables<BackupsTables>;

const paramsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
const findingsSchema = z.array(z.object({ code: z.string(), params: paramsSchema }));

export async function insertTicket(tables: Writes, ticket: Omit<Ticket, 'number'>): Promise<number> {
  const { position } = await tables
    .insertInto('backup_tickets')
    .values({ ...columnsOf(ticket), id: ticket.id, job_key: ticket.job })
    .returning('position')
    .executeTakeFirstOrThrow();
  return position;
}

export async function updateTicket(tables: Writes, ticket: Ticket): Promise<void> {
  await tables.updateTable('backup_tickets').set(columnsOf(ticket)).where('id', '=', ticket.id).execute();
}

/** False when it was closed since it was read. */
export async function markOverdueTold(tables: Writes, id: string, at: string): Promise<boolean> {
  const { numUpdatedRows } = await tables
    .updateTable('backup_tickets')
    .set({ overdue_told_at: at })
    .where('id', '=', id)
    .where('status', '!=', 'done')
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

function columnsOf(ticket: Omit<Ticket, 'number'>) {
  return {
    copy_id: ticket.copyId,
    copy_name: ticket.copy,
    kind: ticket.kind,
    cause: ticket.cause,
    cause_id: ticket.causeId,
    importance: ticket.importance,
    status: ticket.status,
    error_code: ticket.what.code,
    error_params: JSON.stringify(ticket.what.params),
    findings: JSON.stringify(ticket.findings),
    assignee: ticket.assignee,
    times: ticket.times,
    opened_at: ticket.openedAt,
    last_at: ticket.lastAt,
    due_at: ticket.dueAt,
    overdue_told_at: ticket.overdueToldAt,
    closed_at: ticket.closedAt,
    closed_by: ticket.closedBy,
    closing_reason: ticket.closingReason,
    closing_proof: ticket.closingProof,
  } satisfies Updateable<BackupsTables['backup_tickets']>;
}

export async function addTicketChange(tables: Writes, ticketId: string, change: TicketChange): Promise<void> {
  const { by, detail, ...columns } = change;
  await tables
    .insertInto('backup_ticket_changes')
    .values({ ticket_id: ticketId, by_name: by, detail: JSON.stringify(detail), ...columns })
    .execute();
}

/** Oldest first. */
export async function findTicketChanges(reads: Reads, ticketId: string): Promise<readonly TicketChange[]> {
  const rows = await reads
    .selectFrom('backup_ticket_changes')
    .select(['at', 'by_name', 'what', 'detail', 'note'])
    .where('ticket_id', '=', ticketId)
    .orderBy('position')
    .execute();
  const whatSchema = z.enum(['opened', 'again', 'changed', 'closed']);
  return rows.map(({ by_name: by, what, detail, ...row }) => ({
    ...row,
    by,
    what: whatSchema.parse(what),
    detail: paramsSchema.parse(JSON.parse(detail)),
  }));
}

/** By id or number. */
export async function findTicket(reads: Reads, ticket: string): Promise<Ticket | undefined> {
  const query = reads.selectFrom('backup_tickets').selectAll();
  const found = /^\d+$/.test(ticket) ? query.where('position', '=', Number(ticket)) : query.where('id', '=', ticket);
  const row = await found.executeTakeFirst();
  return row === undefined ? undefined : ticketOf(row);
}

/** The open ticket that the same check of the same copy would open again. */
export async function findOpenTicket(
  reads: Reads,
  { job, copyId, kind, cause }: Pick<Ticket, 'job' | 'copyId' | 'kind' | 'cause'>,
): Promise<Ticket | undefined> {
  const query = reads
    .selectFrom('backup_tickets')
    .selectAll()
    .where('job_key', '=', job)
    .where('status', '!=', 'done')
    .where('kind', '=', kind)
    .where('cause', '=', cause)
    .where('copy_id', copyId === null ? 'is' : '=', copyId)
    .orderBy('position');
  const row = await query.executeTakeFirst();
  return row === undefined ? undefined : ticketOf(row);
}

/** Open tickets, of the jobs with the keys when given. */
export async function openTickets(reads: Reads, jobs?: readonly string[]): Promise<readonly Ticket[]> {
  if (jobs?.length === 0) return [];
  let query = reads.selectFrom('backup_tickets').selectAll().where('status', '!=', 'done');
  if (jobs !== undefined) query = query.where('job_key', 'in', jobs);
  return (await query.orderBy('position').execute()).map(ticketOf);
}

/** By copy: until when failures were settled by somebody with a reason. */
export async function settledUntil(reads: Reads, jobs?: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (jobs?.length === 0) return new Map();
  let query = reads
    .selectFrom('backup_tickets')
    .select(({ fn }) => ['copy_id', fn.max('closed_at').as('at')])
    .where('status', '=', 'done')
    .where('closed_by', '=', 'person')
    .where('kind', 'in', ['corruption', 'restore'])
    .where('cause', 'in', ['structure', 'data', 'restore'])
    .where('copy_id', 'is not', null);
  if (jobs !== undefined) query = query.where('job_key', 'in', jobs);
  const rows = await query.groupBy('copy_id').execute();
  return new Map(rows.flatMap(({ copy_id, at }) => (copy_id === null || at === null ? [] : [[copy_id, at]])));
}

export interface TicketQuery {
  readonly job?: string | undefined;
  readonly status?: TicketStatus | undefined;
  readonly limit: number;
  readonly before?: number | undefined;
}

/** Newest first. */
export async function listTickets(
  reads: Reads,
  { job, status, limit, before }: TicketQuery,
): Promise<readonly Ticket[]> {
  let query = reads.selectFrom('backup_tickets').selectAll();
  if (job !== undefined) query = query.where('job_key', '=', job);
  if (status !== undefined) query = query.where('status', '=', status);
  if (before !== undefined) query = query.where('position', '<', before);
  return (await query.orderBy('position', 'desc').limit(limit).execute()).map(ticketOf);
}

/** Of those that are not done, and of those closed since then: when each was opened, is due, and was closed. */
export async function ticketTimes(
  reads: Reads,
  { job, since }: { readonly job?: string | undefined; readonly since: string },
): Promise<readonly Pick<Ticket, 'status' | 'openedAt' | 'dueAt' | 'closedAt'>[]> {
  let query = reads
    .selectFrom('backup_tickets')
    .select(['status', 'opened_at as openedAt', 'due_at as dueAt', 'closed_at as closedAt'])
    .where((where) => where.or([where('status', '!=', 'done'), where('closed_at', '>=', since)]));
  if (job !== undefined) query = query.where('job_key', '=', job);
  return await query.execute();
}

function ticketOf(row: Selectable<BackupsTables['backup_tickets']>): Ticket {
  const what: Reason = { code: row.error_code, params: paramsSchema.parse(JSON.parse(row.error_params)) };
  return {
    number: row.position,
    id: row.id,
    job: row.job_key,
    copyId: row.copy_id,
    copy: row.copy_name,
    kind: row.kind,
    cause: row.cause,
    causeId: row.cause_id,
    importance: row.importance,
    status: row.status,
    what,
    findings: findingsSchema.parse(JSON.parse(row.findings)),
    assignee: row.assignee,
    times: row.times,
    openedAt: row.opened_at,
    lastAt: row.last_at,
    dueAt: row.due_at,
    overdueToldAt: row.overdue_told_at,
    closedAt: row.closed_at,
    closedBy: row.closed_by,
    closingReason: row.closing_reason,
    closingProof: row.closing_proof,
  };
}
