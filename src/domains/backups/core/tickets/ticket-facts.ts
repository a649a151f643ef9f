/** What tickets mean for the verdict: the open ones, and failures that somebody settled with a reason. */
import type { ReadTables } from '#platform/db';

import type { BackupsTables } from '../../store/backups-tables.ts';
import { openTickets, settledUntil } from '../../store/ticket-store.ts';
import { isCounted, type Ticket } from './ticket-record.ts';

export interface TicketFacts {
  /**
   * Open tickets of the job. What a failed verification of a copy opened is left out while that failure itself still
   * stands against the copy: it is one error, not two.
   */
  openOf(job: string, failedCopies: ReadonlySet<string>): number;
  /** Until when failures of the copy were settled by somebody with a reason. */
  settledUntil(copyId: string): string | undefined;
}

export async function loadTicketFacts(
  reads: ReadTables<BackupsTables>,
  jobs?: readonly string[],
): Promise<TicketFacts> {
  const byJob = Map.groupBy((await openTickets(reads, jobs)).filter(isCounted), ({ job }) => job);
  const settled = await settledUntil(reads, jobs);
  return {
    openOf: (job, failedCopies) =>
      (byJob.get(job) ?? []).filter((ticket) => !isOfStandingFailure(ticket, failedCopies)).length,
    settledUntil: (copyId) => settled.get(copyId),
  };
}

function isOfStandingFailure({ cause, copyId }: Ticket, failedCopies: ReadonlySet<string>): boolean {
  const isVerification = cause === 'structure' || cause === 'data' || cause === 'restore';
  return isVerification && copyId !== null && failedCopies.has(copyId);
}
