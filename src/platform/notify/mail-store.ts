/** The only SQL of mails. */
import type { Instant } from '#kernel/brands';
import type { ReadTables, Transaction } from '#platform/db';

import type { MailRow, MailTables } from './mail-tables.ts';

interface Reader {
  tables<T>(): ReadTables<T>;
}

export async function findMail(reader: Reader, id: string): Promise<MailRow | undefined> {
  return reader.tables<MailTables>().selectFrom('mails').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Newest first. */
export async function listMails(reader: Reader, limit: number): Promise<readonly MailRow[]> {
  return reader.tables<MailTables>().selectFrom('mails').selectAll().orderBy('id', 'desc').limit(limit).execute();
}

interface MailCount {
  readonly state: MailRow['state'];
  /** Only those made after, or before. */
  readonly after?: Instant | undefined;
  readonly before?: Instant | undefined;
}

export async function countMails(reader: Reader, { state, after, before }: MailCount): Promise<number> {
  let select = reader.tables<MailTables>().selectFrom('mails').where('state', '=', state);
  if (after !== undefined) select = select.where('created_at', '>', after);
  if (before !== undefined) select = select.where('created_at', '<', before);
  const { count } = await select
    .select((count) => count.fn.countAll<number | string>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

export async function insertMail(tx: Transaction, mail: MailRow): Promise<void> {
  await tx.tables<MailTables>().insertInto('mails').values(mail).execute();
}

export async function updateMail(tx: Transaction, id: string, change: Partial<MailRow>): Promise<void> {
  await tx.tables<MailTables>().updateTable('mails').set(change).where('id', '=', id).execute();
}

/** Kept once, however many mails it goes along with. */
export async function saveFile(
  tx: Transaction,
  { sha256, content, at }: { readonly sha256: string; readonly content: Uint8Array; readonly at: Instant },
): Promise<void> {
  await tx
    .tables<MailTables>()
    .insertInto('mail_files')
    .values({ sha256, content, used_at: at })
    .onConflict((conflict) => conflict.column('sha256').doUpdateSet({ used_at: at }))
    .execute();
}

export async function findFiles(reader: Reader, sha256s: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>> {
  if (sha256s.length === 0) return new Map();
  const files = reader.tables<MailTables>().selectFrom('mail_files').select(['sha256', 'content']);
  const rows = await files.where('sha256', 'in', sha256s).execute();
  return new Map(rows.map(({ sha256, content }) => [sha256, content]));
}

export async function deleteFilesBefore(tx: Transaction, before: Instant): Promise<void> {
  await tx.tables<MailTables>().deleteFrom('mail_files').where('used_at', '<', before).execute();
}

export async function deleteMailsBefore(tx: Transaction, before: Instant): Promise<void> {
  await tx.tables<MailTables>().deleteFrom('mails').where('created_at', '<', before).execute();
}
