import { nowInstant } from '#kernel/clock';
import type { WriteTransaction } from '#platform/unit-of-work';

import type { ReturnLoan } from '../../contract/index.ts';
import { endLoan } from '../../store/media/loan-store.ts';
import type { MediaTables } from '../../store/media/media-tables.ts';
import type { Medium } from '../../store/media/medium-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { loanEnded } from './media-events.ts';

/** The loan of a medium is over; nothing happens when it is not lent. */
export async function endOpenLoan(
  { clock }: Pick<BackupsContext, 'clock'>,
  tx: WriteTransaction,
  { id, label, name, loan }: Medium,
  { condition, note }: ReturnLoan,
): Promise<void> {
  if (loan === null) return;
  const end = { returnedAt: nowInstant(clock), takenBackBy: tx.actor.name, condition, note };
  await endLoan(tx.tables<MediaTables>(), loan.id, end);
  tx.publish(loanEnded, { mediumId: id, label, name, loanId: loan.id });
}
