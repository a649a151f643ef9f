/** The only SQL of notices and of what became of them. */
import type { Selectable } from 'kysely';
import { z } from 'zod';

import type { Instant } from '#kernel/brands';
import type { Transaction } from '#platform/db';

import type { DeliveryState } from '../contract/index.ts';
import type { MailTables } from '../mail-tables.ts';
import type { Notice } from '../notice.ts';
import type { NotifyTables } from '../notify-tables.ts';
import type { Reader } from '../reader.ts';

export type DeliveryRow = Selectable<NotifyTables['notify_deliveries']>;
/** A delivery with what it tells. */
export interface ToldDelivery {
  readonly delivery: DeliveryRow;
  readonly notice: Notice;
}

const worded = z.object({
  key: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).default({}),
  words: z.record(z.string(), z.array(z.string())).default({}),
  times: z.record(z.string(), z.string()).default({}),
});
/** Only what `insertNotice` wrote. */
const contentSchema = z.object({
  id: z.string(),
  kind: z.string(),
  event: z.enum(['raised', 'escalated', 'resolved']),
  severity: z.enum(['info', 'warning', 'error', 'critical']),
  level: z.number(),
  subject: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
  tags: z.array(z.string()),
  site: z.string().nullable(),
  owner: z.string().nullable(),
  title: worded,
  lines: z.array(worded),
  path: z.string(),
  at: z.string().transform((at) => at as Instant),
});

/** False when it was told before. */
export async function insertNotice(tx: Transaction, notice: Notice, at: Instant): Promise<boolean> {
  const { id, kind, event, severity } = notice;
  const added = await tx
    .tables<NotifyTables>()
    .insertInto('notify_notices')
    .values({ id, kind, event, severity, content: JSON.stringify(notice), created_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (added.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function insertDelivery(tx: Transaction, row: DeliveryRow): Promise<void> {
  await tx
    .tables<NotifyTables>()
    .insertInto('notify_deliveries')
    .values(row)
    .onConflict((conflict) => conflict.columns(['notice_id', 'target']).doNothing())
    .execute();
}

function deliveries(reader: Reader) {
  return reader
    .tables<NotifyTables>()
    .selectFrom('notify_deliveries')
    .innerJoin('notify_notices', 'notify_notices.id', 'notify_deliveries.notice_id')
    .selectAll('notify_deliveries')
    .select('notify_notices.content');
}

interface DueQuery {
  readonly target: string;
  readonly now: Instant;
  readonly limit: number;
}

/** What is critical first, else oldest first: nothing critical is left out for what came before it. */
export async function findDue(reader: Reader, { target, now, limit }: DueQuery): Promise<readonly ToldDelivery[]> {
  const rows = await deliveries(reader)
    .where('target', '=', target)
    .where('state', '=', 'waiting')
    .where('due_at', '<=', now)
    .orderBy((order) => order.case().when('notify_notices.severity', '=', 'critical').then(0).else(1).end())
    .orderBy('notify_deliveries.id')
    .limit(limit)
    .execute();
  return rows.map(toldOf);
}

/** Whether something waits for the target and is due in this stretch of time, both ends included. */
export async function hasDueBetween(
  reader: Reader,
  target: string,
  [from, until]: readonly [Instant, Instant],
): Promise<boolean> {
  const found = await reader
    .tables<NotifyTables>()
    .selectFrom('notify_deliveries')
    .select('id')
    .where('target', '=', target)
    .where('state', '=', 'waiting')
    .where('due_at', '>=', from)
    .where('due_at', '<=', until)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

export async function findBatch(reader: Reader, batch: string): Promise<readonly ToldDelivery[]> {
  const rows = await deliveries(reader).where('batch', '=', batch).orderBy('notify_deliveries.id').execute();
  return rows.map(toldOf);
}

/** When messages were made for the target since then, each once. */
export async function batchTimes(reader: Reader, target: string, since: Instant): Promise<readonly number[]> {
  const rows = await reader
    .tables<NotifyTables>()
    .selectFrom('notify_deliveries')
    .select(['batch', 'batched_at'])
    .distinct()
    .where('target', '=', target)
    .where('batched_at', '>', since)
    .execute();
  return rows.flatMap(({ batched_at: at }) => (at === null ? [] : [Date.parse(at)]));
}

export async function updateDeliveries(
  tx: Transaction,
  ids: readonly string[],
  change: Partial<DeliveryRow>,
): Promise<void> {
  await tx
    .tables<NotifyTables>()
    .updateTable('notify_deliveries')
    .set(change)
    .where('id', 'in', [...ids])
    .execute();
}

/** What still waits for its message, or for its channel, stays with what it tells. */
export async function deleteNoticesBefore(tx: Transaction, before: Instant): Promise<void> {
  const tables = tx.tables<NotifyTables>();
  await tables
    .deleteFrom('notify_deliveries')
    .where('created_at', '<', before)
    .where((or) => or.or([or('mail_id', 'is not', null), or('ended_at', 'is not', null)]))
    .execute();
  await tables
    .deleteFrom('notify_notices')
    .where('created_at', '<', before)
    .where((is) => {
      const told = is.selectFrom('notify_deliveries').select('id').whereRef('notice_id', '=', 'notify_notices.id');
      return is.not(is.exists(told));
    })
    .execute();
}

export async function findDelivery(reader: Reader, id: string): Promise<ListedDelivery | undefined> {
  const row = await listed(reader).where('notify_deliveries.id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : withMail(row);
}

export interface DeliveryQuery {
  readonly state?: DeliveryState | undefined;
  readonly target?: string | undefined;
  readonly limit: number;
  /** Only those before this id. */
  readonly cursor?: string | undefined;
}

export type ListedDelivery = ToldDelivery;

/** Newest first; a delivery that became a mail has the state of the mail. */
export async function listDeliveries(
  reader: Reader,
  { state, target, limit, cursor }: DeliveryQuery,
): Promise<readonly ListedDelivery[]> {
  let select = listed(reader).orderBy('notify_deliveries.id', 'desc').limit(limit);
  if (target !== undefined) select = select.where('notify_deliveries.target', '=', target);
  if (cursor !== undefined) select = select.where('notify_deliveries.id', '<', cursor);
  if (state !== undefined) {
    const mailStates = mailStatesOf[state];
    select = select.where((or) =>
      or.or([
        or.and([or('notify_deliveries.mail_id', 'is', null), or('notify_deliveries.state', '=', state)]),
        // PostgreSQL takes no empty list.
        ...(mailStates.length === 0 ? [] : [or('mails.state', 'in', [...mailStates])]),
      ]),
    );
  }
  return (await select.execute()).map(withMail);
}

const mailStatesOf = {
  waiting: [],
  sending: ['queued'],
  sent: ['sent'],
  failed: ['failed', 'expired'],
} as const;

function listed(reader: Reader) {
  return reader
    .tables<NotifyTables & MailTables>()
    .selectFrom('notify_deliveries')
    .innerJoin('notify_notices', 'notify_notices.id', 'notify_deliveries.notice_id')
    .leftJoin('mails', 'mails.id', 'notify_deliveries.mail_id')
    .selectAll('notify_deliveries')
    .select([
      'notify_notices.content',
      'mails.state as mail_state',
      'mails.attempts as mail_attempts',
      'mails.last_error as mail_error',
      'mails.last_reason as mail_reason',
      'mails.ended_at as mail_ended_at',
    ]);
}

type ListedRow = Awaited<ReturnType<ReturnType<typeof listed>['execute']>>[number];

function withMail({ content, ...row }: ListedRow): ListedDelivery {
  const { mail_state: mail, mail_attempts, mail_error, mail_reason, mail_ended_at, ...delivery } = row;
  const notice = contentSchema.parse(JSON.parse(content));
  if (mail === null) return { delivery, notice };
  return {
    notice,
    delivery: {
      ...delivery,
      state: stateOfMail(mail),
      attempts: mail_attempts ?? 0,
      last_error: mail_error,
      last_reason: mail_reason,
      ended_at: mail_ended_at,
    },
  };
}

function stateOfMail(mail: NonNullable<ListedRow['mail_state']>): DeliveryState {
  if (mail === 'queued') return 'sending';
  return mail === 'sent' ? 'sent' : 'failed';
}

function toldOf({ content, ...delivery }: DeliveryRow & { readonly content: string }): ToldDelivery {
  return { delivery, notice: contentSchema.parse(JSON.parse(content)) };
}
