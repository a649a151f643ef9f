/** Makes one message of all that waits for a place: one notice as it is, many as a digest. */
import { type Instant, instant } from '#kernel/brands';
import { nowInstant } from '#kernel/clock';
import { HOUR } from '#kernel/units';
import type { Actor, WriteTransaction } from '#platform/unit-of-work';

import { forgetOld } from '../forget-old.ts';
import type { NotifyDeps } from '../notify-deps.ts';
import { whenNextAllowed } from '../rhythm/when-to-tell.ts';
import { partsOf } from '../routing/target-parts.ts';
import { sendMessageJob } from './delivery-jobs.ts';
import { batchTimes, findDue, type ToldDelivery, updateDeliveries } from './delivery-store.ts';
import { enqueueGathering } from './tell.ts';
import { letterOf } from './word-notices.ts';

const kura: Actor = { kind: 'system', id: 'kura', name: 'Kura' };

/** A digest longer than that is read by nobody, and one statement has to name them all. */
const mostPerMessage = 500;

type Deps = Pick<NotifyDeps, 'unitOfWork' | 'clock' | 'ids' | 'mail' | 'site'>;

/** Nothing where another run made the message already. */
export async function gather(deps: Deps, target: string, most = mostPerMessage): Promise<void> {
  await deps.unitOfWork.write(kura, async (tx) => {
    const now = nowInstant(deps.clock);
    const due = await findDue(tx, { target, now, limit: most });
    if (due.length === 0) return;
    await forgetOld(tx, deps.clock.now());
    const later = await mustWait(deps, tx, due);
    if (later !== undefined) {
      await enqueueGathering(tx, target, Date.parse(later) - deps.clock.now());
      return;
    }
    await makeMessage(deps, tx, { target, due, now });
    // The next message takes its turn like any other, by the room of the hour.
    if (due.length === most) await enqueueGathering(tx, target, 0);
  });
}

/** What is critical should hardly ever wait: it has so many times the room. */
const criticalRoom = 6;

async function mustWait(
  { clock }: Deps,
  tx: WriteTransaction,
  due: readonly ToldDelivery[],
): Promise<Instant | undefined> {
  const now = clock.now();
  const [first] = due;
  if (first === undefined) return undefined;
  const { target, max_per_hour: most } = first.delivery;
  const isCritical = due.some(({ notice }) => notice.severity === 'critical');
  const sent = await batchTimes(tx, target, instant(new Date(now - HOUR)));
  return whenNextAllowed(isCritical ? most * criticalRoom : most, sent, now);
}

interface Message {
  readonly target: string;
  readonly due: readonly ToldDelivery[];
  readonly now: Instant;
}

async function makeMessage(deps: Deps, tx: WriteTransaction, { target, due, now }: Message): Promise<void> {
  const batch = deps.ids.next();
  const ids = due.map(({ delivery }) => delivery.id);
  const { kind, name } = partsOf(target);
  const made = { state: 'sending', batch, batched_at: now } as const;
  if (kind === 'channel') {
    await updateDeliveries(tx, ids, made);
    await tx.enqueue(sendMessageJob, { batch, channel: name });
    return;
  }
  if (deps.mail === undefined) {
    const end = { state: 'failed', last_error: 'notify.mail-off', ended_at: now } as const;
    await updateDeliveries(tx, ids, end);
    return;
  }
  const notices = due.map(({ notice }) => notice);
  const mailId = await deps.mail.queue(tx, {
    kind: notices.length === 1 ? 'notify.notice' : 'notify.digest',
    to: name,
    language: due[0]?.delivery.language ?? null,
    unsubscribePath: '/account',
    letter: (translator) => letterOf(notices, { translator, site: deps.site }),
    ...(notices[0] === undefined || notices.length > 1 ? {} : { thread: threadOf(notices[0].path) }),
  });
  await updateDeliveries(tx, ids, { ...made, mail_id: mailId });
}

/** Mails about the same alert stand together in an inbox. */
function threadOf(path: string): string {
  return path.replaceAll(/[^\w-]+/g, '.').replace(/^\./, '');
}
