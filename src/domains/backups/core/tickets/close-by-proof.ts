/** Closes the tickets that a later good proof has refuted, in the transaction that records it. */
import { nowInstant } from '#kernel/clock';
import type { WriteTransaction } from '#platform/unit-of-work';

import type { TicketCause } from '../../contract/index.ts';
import type { BackupsTables } from '../../store/backups-tables.ts';
import { addTicketChange, openTickets, updateTicket } from '../../store/ticket-store.ts';
import { type TicketContext, toldOf } from './open-ticket.ts';
import { ticketClosed } from './ticket-events.ts';
import type { Ticket } from './ticket-record.ts';

export interface GoodProof {
  readonly job: string;
  readonly title: string;
  readonly copyId: string;
  readonly cause: Exclude<TicketCause, 'canary' | 'person'>;
  /** Of the record that holds the proof. */
  readonly proofId: string;
}

/**
 * What a success refutes: what was found by looking at no more than it did. A sample that passes refutes nothing, since it
 * may have looked at other files.
 */
const refuted: Readonly<Record<GoodProof['cause'], readonly TicketCause[]>> = {
  structure: ['structure'],
  restore: ['structure', 'partial', 'restore'],
  data: ['structure', 'partial', 'restore', 'data'],
  partial: [],
  comparison: [],
  tamper: ['tamper'],
};

export async function closeByProof(context: TicketContext, tx: WriteTransaction, proof: GoodProof): Promise<void> {
  const causes = refuted[proof.cause];
  for (const ticket of await openTickets(tx.tables<BackupsTables>(), [proof.job])) {
    const isUntried = ticket.kind === 'capacity' || ticket.kind === 'connection';
    const fits = isUntried ? ticket.cause === proof.cause : causes.includes(ticket.cause);
    if (ticket.copyId === proof.copyId && fits) {
      await closeTicket(context, tx, ticket, { by: 'proof', reason: null, proofId: proof.proofId, title: proof.title });
    }
  }
}

export interface Closing {
  readonly by: 'proof' | 'person';
  readonly reason: string | null;
  readonly proofId: string | null;
  /** Of the job. */
  readonly title: string;
}

export async function closeTicket(
  { clock }: Pick<TicketContext, 'clock'>,
  tx: WriteTransaction,
  ticket: Ticket,
  { by, reason, proofId, title }: Closing,
): Promise<Ticket> {
  const tables = tx.tables<BackupsTables>();
  const at = nowInstant(clock);
  const closed: Ticket = {
    ...ticket,
    status: 'done',
    closedAt: at,
    closedBy: by,
    closingReason: reason,
    closingProof: proofId,
  };
  await updateTicket(tables, closed);
  const detail = proofId === null ? { by } : { by, proof: proofId };
  await addTicketChange(tables, ticket.id, { at, by: tx.actor.name, what: 'closed', detail, note: reason });
  await tx.audit({
    action: 'backups.close-ticket',
    subject: { kind: 'backup-ticket', id: ticket.id, name: String(ticket.number) },
    result: 'done',
    before: { status: ticket.status },
    after: { status: 'done', by, reason },
  });
  tx.publish(ticketClosed, { ...toldOf(closed), title, closedBy: by, reason });
  return closed;
}
