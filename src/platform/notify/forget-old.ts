/** How long the logs remember. One rule for deliveries and mails: a delivery tells what became of its mail. */
import { instant } from '#kernel/brands';
import { DAY } from '#kernel/units';
import type { Transaction } from '#platform/db';

import { deleteNoticesBefore } from './deliveries/delivery-store.ts';
import { deleteFilesBefore, deleteMailsBefore } from './mail-store.ts';

const logMs = 90 * DAY;
/** Longer than any mail is tried, also by a server that was away over a holiday. */
const filesMs = 30 * DAY;

/** Deliveries that wait for their message stay, with what they tell. @param now milliseconds since the epoch. */
export async function forgetOld(tx: Transaction, now: number): Promise<void> {
  const before = instant(new Date(now - logMs));
  await deleteNoticesBefore(tx, before);
  await deleteMailsBefore(tx, before);
  await deleteFilesBefore(tx, instant(new Date(now - filesMs)));
}
