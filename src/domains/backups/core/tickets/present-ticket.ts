/** Tickets in the words of the caller's language. */
import type { Translator } from '#platform/i18n';

import type { TicketDetail, TicketView } from '../../contract/index.ts';
import { tell } from '../runs/present-record.ts';
import { isCounted, type Ticket } from './ticket-record.ts';
import type { TicketHistory } from './tickets.ts';

/** `now`: an instant; a ticket is late by it. */
export function presentTicket(ticket: Ticket, now: string, translator: Translator): TicketView {
  const {
    copyId: _copy,
    causeId: _cause,
    overdueToldAt: _told,
    closingProof: _proof,
    what,
    findings,
    ...view
  } = ticket;
  return {
    ...view,
    counts: isCounted(ticket),
    what: tell(what, translator),
    findings: findings.map((finding) => tell(finding, translator)),
    overdue: ticket.status !== 'done' && ticket.dueAt < now,
  };
}

export function presentTicketHistory({ ticket, changes, now }: TicketHistory, translator: Translator): TicketDetail {
  return {
    ...presentTicket(ticket, now, translator),
    changes: changes.map(({ detail, ...change }) => ({ ...change, detail: { ...detail } })),
  };
}
