/** An error ticket as it is remembered. */
import type { TicketView } from '../../contract/index.ts';
import type { Reason } from '../runs/run-record.ts';

export interface Ticket extends Omit<TicketView, 'what' | 'findings' | 'counts' | 'overdue'> {
  readonly copyId: string | null;
  readonly causeId: string | null;
  readonly what: Reason;
  readonly findings: readonly Reason[];
  readonly overdueToldAt: string | null;
  readonly closingProof: string | null;
}

export interface TicketChange {
  readonly at: string;
  readonly by: string;
  readonly what: 'opened' | 'again' | 'changed' | 'closed';
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
  readonly note: string | null;
}

/** What kept a test from being carried out proves no error, so the digit does not count it. */
export function isCounted({ kind }: Pick<Ticket, 'kind'>): boolean {
  return kind !== 'capacity' && kind !== 'connection';
}
