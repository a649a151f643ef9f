/** Loans as rows. */
import type { ReadTables, Tables } from '#platform/db';

import type { LoanView, MediumCondition } from '../../contract/index.ts';
import type { MediaTables } from './media-tables.ts';

type Reads = ReadTables<MediaTables>;
type Writes = Tables<MediaTables>;

export interface Loan extends Omit<LoanView, 'daysOverdue'> {
  readonly mediumId: string;
  /** When the borrower was last reminded. */
  readonly chasedOn: string | null;
}

export async function insertLoan(tables: Writes, loan: Omit<Loan, 'label' | 'name'>): Promise<void> {
  await tables
    .insertInto('backup_media_loans')
    .values({
      id: loan.id,
      medium_id: loan.mediumId,
      borrower: loan.borrower,
      organisation: loan.organisation,
      contact: loan.contact,
      purpose: loan.purpose,
      handed_over_by: loan.handedOverBy,
      lent_at: loan.lentAt,
      due_on: loan.dueOn,
      note: loan.note,
    })
    .execute();
}

export async function endLoan(
  tables: Writes,
  id: string,
  end: {
    readonly returnedAt: string;
    readonly takenBackBy: string;
    readonly condition: MediumCondition;
    readonly note: string;
  },
): Promise<void> {
  const columns = {
    returned_at: end.returnedAt,
    taken_back_by: end.takenBackBy,
    condition: end.condition,
    note: end.note,
  };
  await tables.updateTable('backup_media_loans').set(columns).where('id', '=', id).execute();
}

export async function noteChased(tables: Writes, id: string, day: string): Promise<void> {
  await tables.updateTable('backup_media_loans').set({ chased_on: day }).where('id', '=', id).execute();
}

export async function findLoan(reads: Reads, id: string): Promise<Loan | undefined> {
  const row = await withMedia(reads).where('loan.id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : loanOf(row);
}

/** Not returned and due before the day, the longest overdue first. */
export async function overdueLoans(reads: Reads, today: string): Promise<readonly Loan[]> {
  const rows = await withMedia(reads)
    .where('loan.returned_at', 'is', null)
    .where('loan.due_on', '<', today)
    .orderBy('loan.due_on')
    .execute();
  return rows.map(loanOf);
}

/** By the day they are due. */
export async function openLoans(reads: Reads, limit: number): Promise<readonly Loan[]> {
  const rows = await withMedia(reads)
    .where('loan.returned_at', 'is', null)
    .orderBy('loan.due_on')
    .limit(limit)
    .execute();
  return rows.map(loanOf);
}

/** Newest first. */
export async function returnedLoans(reads: Reads, limit: number): Promise<readonly Loan[]> {
  const rows = await withMedia(reads)
    .where('loan.returned_at', 'is not', null)
    .orderBy('loan.returned_at', 'desc')
    .limit(limit)
    .execute();
  return rows.map(loanOf);
}

function withMedia(reads: Reads) {
  return reads
    .selectFrom('backup_media_loans as loan')
    .innerJoin('backup_media', 'backup_media.id', 'loan.medium_id')
    .selectAll('loan')
    .select(['backup_media.label', 'backup_media.name']);
}

type Row = Awaited<ReturnType<ReturnType<typeof withMedia>['executeTakeFirstOrThrow']>>;

function loanOf(row: Row): Loan {
  return {
    id: row.id,
    mediumId: row.medium_id,
    label: row.label,
    name: row.name,
    borrower: row.borrower,
    organisation: row.organisation,
    contact: row.contact,
    purpose: row.purpose,
    handedOverBy: row.handed_over_by,
    lentAt: row.lent_at,
    dueOn: row.due_on,
    returnedAt: row.returned_at,
    takenBackBy: row.taken_back_by,
    condition: row.condition,
    note: row.note,
    chasedOn: row.chased_on,
  };
}
