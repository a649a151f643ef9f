/** The record of a swap: what was due, who did it when, what was scanned and seen. */
import { nowInstant } from '#kernel/clock';
import type { WriteTransaction } from '#platform/unit-of-work';

import type { MediaTables } from '../../store/media/media-tables.ts';
import { findSetMedia, type Medium } from '../../store/media/medium-store.ts';
import { findSet } from '../../store/media/set-store.ts';
import { findSwap, type Swap, saveSwap } from '../../store/media/swap-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { today, turnOf } from './due-swaps.ts';
import { swapEnded } from './media-events.ts';
import type { SeenContent } from './seen-content.ts';

export interface LoadedEvidence {
  readonly note: string;
  readonly content: readonly SeenContent[];
  /** Label of the medium that came out. */
  readonly takenOut: string | null;
  /** Whether another medium than the planned one settles the turn, too. */
  readonly deviate?: boolean;
}

/** A medium went in; when it is the one that was due, that turn is done. Undefined when it settles nothing. */
export async function noteLoaded(
  context: BackupsContext,
  tx: WriteTransaction,
  medium: Medium,
  { note, content, takenOut, deviate = false }: LoadedEvidence,
): Promise<Swap | undefined> {
  if (medium.set === null) return undefined;
  const tables = tx.tables<MediaTables>();
  const set = await findSet(tables, medium.set.key);
  if (set === undefined) return undefined;
  const { turn, planned } = turnOf(set, await findSetMedia(tables, [set.key]), today(context));
  if (turn === undefined || (planned?.id !== medium.id && !deviate)) return undefined;
  const before = await findSwap(tables, set.key, turn.day);
  const swap: Swap = {
    id: before?.id ?? context.ids.next(),
    set: set.key,
    day: turn.day,
    position: turn.position,
    state: 'done',
    planned: planned?.label ?? null,
    takenOut,
    putIn: medium.label,
    by: tx.actor.name,
    at: nowInstant(context.clock),
    note,
    content: content.map(({ copy, vaultId }) => ({ copy, vaultId })),
    chasedOn: before?.chasedOn ?? null,
  };
  await saveSwap(tables, swap);
  tx.publish(swapEnded, { set: set.key, title: set.title, day: turn.day, done: true });
  return swap;
}
