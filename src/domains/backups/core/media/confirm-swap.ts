/** One medium out, another in, confirmed by what was scanned from both. */
import { KuraError } from '#kernel/errors';
import type { Actor } from '#platform/unit-of-work';

import type { ConfirmSwap, SwapView } from '../../contract/index.ts';
import type { MediaTables } from '../../store/media/media-tables.ts';
import { findSetMedia, type Medium } from '../../store/media/medium-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { changeStage, changingMedia } from './change-stage.ts';
import { today, turnOf } from './due-swaps.ts';
import { requireMedium, requireSet } from './find-registered-medium.ts';
import { noteLoaded } from './note-swap.ts';
import { requireNoOtherVault, seenContent } from './seen-content.ts';

/**
 * @throws KuraError conflict `backups.swap-other-medium`, `backups.swap-take-out-missing`, `backups.swap-not-due`,
 * `backups.medium-swapped`; invalid `backups.swap-note-missing`; and those of `changeStage`.
 */
export async function confirmSwap(
  context: BackupsContext,
  actor: Actor,
  key: string,
  confirmed: ConfirmSwap,
): Promise<SwapView> {
  const { putIn, takeOut, place, deviate, note } = confirmed;
  const { id } = await requireMedium(context.database.tables<MediaTables>(), putIn);
  const content = await seenContent(context, id);
  await requireNoOtherVault(context, putIn, content);
  const labels = takeOut === undefined ? [putIn] : [putIn, takeOut];
  return changingMedia(context, actor, labels, async (tx, view) => {
    const tables = tx.tables<MediaTables>();
    const set = await requireSet(tables, key);
    const media = await findSetMedia(tables, [key]);
    const { turn, planned } = turnOf(set, media, today(context));
    if (turn === undefined) throw new KuraError('conflict', 'backups.swap-not-due', { params: { set: key } });
    requirePlanned(media, planned, confirmed);
    requireTakenOut(media, confirmed);
    const evidence = { scanned: putIn, ...(takeOut === undefined ? {} : { takenOut: takeOut }) };
    if (takeOut !== undefined) {
      const action = place === undefined ? 'unload' : 'store';
      await changeStage(context, tx, { label: takeOut, action, place, note, evidence: { scanned: takeOut } }, view);
    }
    const before = await requireMedium(tables, putIn);
    const loaded =
      before.stage === 'loaded'
        ? before
        : await changeStage(context, tx, { label: putIn, action: 'load', note, evidence }, view);
    const seen = content.filter(({ same }) => same);
    const swap = await noteLoaded(context, tx, loaded, { note, content: seen, takenOut: takeOut ?? null, deviate });
    if (swap === undefined) throw new KuraError('conflict', 'backups.swap-not-due', { params: { set: key } });
    return swap;
  });
}

function requirePlanned(
  media: readonly Medium[],
  planned: Medium | undefined,
  { putIn, deviate, note }: ConfirmSwap,
): void {
  const isOfSet = media.some(({ label }) => label === putIn);
  const isOther = planned?.label !== putIn;
  if (!isOfSet || (isOther && !deviate)) {
    const params = { planned: planned?.label ?? '–', putIn };
    throw new KuraError('conflict', 'backups.swap-other-medium', { params });
  }
  if (isOther && note === '') throw new KuraError('invalid', 'backups.swap-note-missing', { params: { putIn } });
}

/** A drive takes one medium: whatever of the set is in comes out first, and is named. */
function requireTakenOut(media: readonly Medium[], { putIn, takeOut }: ConfirmSwap): void {
  const inside = media.filter(({ stage, label }) => stage === 'loaded' && label !== putIn);
  const [first] = inside;
  const isNamed = takeOut === undefined ? first === undefined : inside.some(({ label }) => label === takeOut);
  if (isNamed) return;
  throw new KuraError('conflict', 'backups.swap-take-out-missing', { params: { label: first?.label ?? '–' } });
}
