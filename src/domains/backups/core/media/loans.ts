/** Media that somebody else has: lent, chased when overdue, taken back. A medium on loan is no offline copy. */
import { dayNumber } from '#engines/rotation';
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { Actor } from '#platform/unit-of-work';

import type { Lend, LoanView, MediumDetail, ReturnLoan } from '../../contract/index.ts';
import {
  findLoan,
  insertLoan,
  type Loan,
  noteChased,
  openLoans,
  overdueLoans,
  returnedLoans,
} from '../../store/media/loan-store.ts';
import type { MediaTables } from '../../store/media/media-tables.ts';
import type { BackupsContext } from '../backups-context.ts';
import { changeStage, changingMedia } from './change-stage.ts';
import { today } from './due-swaps.ts';
import { endOpenLoan } from './end-open-loan.ts';
import { readMedium } from './inventory.ts';
import { jobsOn } from './jobs-on-medium.ts';
import { loanOverdue, mediumDamaged } from './media-events.ts';

/** @throws KuraError conflict `backups.medium-action-impossible`: it is lent already, in a drive, or not to be used. */
export async function lendMedium(
  context: BackupsContext,
  actor: Actor,
  label: string,
  loan: Lend,
): Promise<MediumDetail> {
  await changingMedia(context, actor, [label], async (tx, view) => {
    const evidence = { borrower: loan.borrower, dueOn: loan.dueOn };
    const medium = await changeStage(context, tx, { label, action: 'lend', note: loan.purpose, evidence }, view);
    await insertLoan(tx.tables<MediaTables>(), {
      ...loan,
      id: context.ids.next(),
      mediumId: medium.id,
      handedOverBy: actor.name,
      lentAt: nowInstant(context.clock),
      returnedAt: null,
      takenBackBy: null,
      condition: null,
      note: '',
      chasedOn: null,
    });
  });
  return readMedium(context, label);
}

/** Whatever does not come back in good condition goes into quarantine. */
export async function returnMedium(
  context: BackupsContext,
  actor: Actor,
  label: string,
  { condition, note }: ReturnLoan,
): Promise<MediumDetail> {
  await changingMedia(context, actor, [label], async (tx, view) => {
    const isGood = condition === 'good';
    const to = isGood ? 'available' : 'quarantine';
    const change = { label, action: 'return', note, evidence: { condition }, condition, to } as const;
    const medium = await changeStage(context, tx, change, view);
    await endOpenLoan(context, tx, medium, { condition, note });
    if (isGood) return;
    const about = { mediumId: medium.id, label, name: medium.name };
    tx.publish(mediumDamaged, { ...about, condition, note, jobs: await jobsOn(tx, medium) });
  });
  return readMedium(context, label);
}

export interface LoanFilter {
  readonly state: 'open' | 'overdue' | 'all';
  readonly limit: number;
}

export async function readLoans(context: BackupsContext, { state, limit }: LoanFilter): Promise<readonly LoanView[]> {
  const reads = context.database.tables<MediaTables>();
  const day = today(context);
  if (state === 'overdue') return (await overdueLoans(reads, day)).slice(0, limit).map((loan) => viewOf(loan, day));
  const open = await openLoans(reads, limit);
  const returned = state === 'all' ? await returnedLoans(reads, limit - open.length) : [];
  return [...open, ...returned].map((loan) => viewOf(loan, day));
}

/** @throws KuraError `backups.loan-not-found`. */
export async function readLoan(context: BackupsContext, id: string): Promise<LoanView> {
  const loan = await findLoan(context.database.tables<MediaTables>(), id);
  if (loan === undefined) throw new KuraError('not-found', 'backups.loan-not-found', { params: { loan: id } });
  return viewOf(loan, today(context));
}

/** Tells of loans that are overdue: on the first, third and seventh day, then every week. Returns how many. */
export async function chaseLoans(context: BackupsContext, actor: Actor): Promise<number> {
  const day = today(context);
  const due = (await overdueLoans(context.database.tables<MediaTables>(), day)).filter((loan) =>
    isToBeChased(loan, day),
  );
  for (const loan of due) {
    await context.unitOfWork.write(actor, async (tx) => {
      await noteChased(tx.tables<MediaTables>(), loan.id, day);
      const { mediumId, label, name, borrower, contact, dueOn } = loan;
      const daysOverdue = daysBetween(dueOn, day);
      tx.publish(loanOverdue, { loanId: loan.id, mediumId, label, name, borrower, contact, dueOn, daysOverdue });
    });
  }
  return due.length;
}

function isToBeChased({ dueOn, chasedOn }: Loan, day: string): boolean {
  return chasedOn === null || chaseStep(daysBetween(dueOn, day)) > daysBetween(dueOn, chasedOn);
}

/** The newest of the days 1, 3, 7, 14, 21, … */
export function chaseStep(daysOverdue: number): number {
  if (daysOverdue >= 7) return daysOverdue - (daysOverdue % 7);
  return daysOverdue >= 3 ? 3 : 1;
}

function viewOf({ mediumId: _medium, chasedOn: _chased, ...loan }: Loan, day: string): LoanView {
  return { ...loan, daysOverdue: loan.returnedAt === null ? Math.max(0, daysBetween(loan.dueOn, day)) : 0 };
}

function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}
