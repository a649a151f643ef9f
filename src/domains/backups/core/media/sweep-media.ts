/** What time brings: swaps that are due or late, loans that are overdue. Told once a day. */
import type { Actor } from '#platform/unit-of-work';

import type { DueSwap } from '../../contract/index.ts';
import type { MediaTables } from '../../store/media/media-tables.ts';
import { openSwaps, type Swap, saveOpenSwap } from '../../store/media/swap-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { readDueSwaps } from './due-swaps.ts';
import { chaseLoans } from './loans.ts';
import { swapDue, swapEnded, swapOverdue } from './media-events.ts';

export async function sweepMedia(context: BackupsContext, actor: Actor): Promise<void> {
  await sweepSwaps(context, actor);
  await chaseLoans(context, actor);
}

async function sweepSwaps(context: BackupsContext, actor: Actor): Promise<void> {
  const { today, items } = await readDueSwaps(context);
  const open = await openSwaps(context.database.tables<MediaTables>());
  const titles = new Map(items.map(({ set, title }) => [set, title]));
  for (const swap of open) {
    const now = items.find(({ set }) => set === swap.set);
    if (now?.day === swap.day && now.state !== 'nothing') continue;
    // The right medium is in, or the next turn has come and nobody was there for this one.
    const done = now?.day === swap.day;
    await end(context, actor, { ...swap, state: done ? 'done' : 'missed' }, titles.get(swap.set) ?? swap.set);
  }
  for (const due of items) {
    if (due.state === 'nothing' || due.day === null) continue;
    const known = open.find(({ set, day }) => set === due.set && day === due.day);
    if (known === undefined) await begin(context, actor, due, today);
    else if (due.daysLate > 0 && known.chasedOn !== today) await chase(context, actor, { due, known, today });
  }
}

async function begin(context: BackupsContext, actor: Actor, due: DueSwap, today: string): Promise<void> {
  const { day, position } = due;
  if (day === null || position === null) return;
  await context.unitOfWork.write(actor, async (tx) => {
    const isNew = await saveOpenSwap(tx.tables<MediaTables>(), {
      id: context.ids.next(),
      set: due.set,
      day,
      position,
      state: 'due',
      planned: due.putIn,
      takenOut: null,
      putIn: null,
      by: null,
      at: null,
      note: '',
      content: [],
      chasedOn: today,
    });
    if (isNew) tx.publish(swapDue, swapOf(due));
  });
}

interface Chased {
  readonly due: DueSwap;
  readonly known: Swap;
  readonly today: string;
}

async function chase(context: BackupsContext, actor: Actor, { due, known, today }: Chased): Promise<void> {
  await context.unitOfWork.write(actor, async (tx) => {
    if (!(await saveOpenSwap(tx.tables<MediaTables>(), { ...known, chasedOn: today }))) return;
    tx.publish(swapOverdue, { ...swapOf(due), daysOverdue: due.daysLate });
  });
}

async function end(context: BackupsContext, actor: Actor, swap: Swap, title: string): Promise<void> {
  await context.unitOfWork.write(actor, async (tx) => {
    if (!(await saveOpenSwap(tx.tables<MediaTables>(), swap))) return;
    tx.publish(swapEnded, { set: swap.set, title, day: swap.day, done: swap.state === 'done' });
  });
}

function swapOf({ set, title, day, takeOut, putIn, state }: DueSwap) {
  return { set, title, day: day ?? '', takeOut: takeOut[0] ?? null, putIn: state === 'blocked' ? null : putIn };
}
