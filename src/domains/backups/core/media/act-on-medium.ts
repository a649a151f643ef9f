/** What people do with a medium, each with who, when, where, and what was scanned. */
import { KuraError } from '#kernel/errors';
import type { Actor, WriteTransaction } from '#platform/unit-of-work';

import type { MediumDetail, PlainAction } from '../../contract/index.ts';
import type { MediaTables } from '../../store/media/media-tables.ts';
import { findMedium, type Medium } from '../../store/media/medium-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { changeStage, changingMedia } from './change-stage.ts';
import { endOpenLoan } from './end-open-loan.ts';
import { readMedium } from './inventory.ts';
import { jobsOn } from './jobs-on-medium.ts';
import { mediumDamaged, mediumFound, mediumLost, mediumReleased } from './media-events.ts';
import { noteLoaded } from './note-swap.ts';
import { requireNoOtherVault, type SeenContent, seenContent } from './seen-content.ts';

export interface PlainActionRequest {
  readonly action: PlainAction;
  readonly place?: string | undefined;
  readonly note: string;
  /** What was read from the medium itself. */
  readonly scanned?: string | undefined;
}

/** @throws KuraError those of `changeStage`; conflict `backups.label-differs`, `backups.medium-swapped`. */
export async function actOnMedium(
  context: BackupsContext,
  actor: Actor,
  label: string,
  request: PlainActionRequest,
): Promise<MediumDetail> {
  const { action, place, note, scanned } = request;
  if (scanned !== undefined && scanned !== label) {
    throw new KuraError('conflict', 'backups.label-differs', { params: { label, scanned } });
  }
  const content = action === 'load' ? await lookInside(context, label) : [];
  await changingMedia(context, actor, [label], async (tx, view) => {
    const evidence = {
      ...(scanned === undefined ? {} : { scanned }),
      ...Object.fromEntries(content.map(({ copy, vaultId }) => [`vault ${copy}`, vaultId])),
    };
    const medium = await changeStage(context, tx, { label, action, place, note, evidence }, view);
    if (action === 'load') await noteLoaded(context, tx, medium, { note, content, takenOut: null });
    // Nobody can give back what is lost; were it found, it would come from elsewhere.
    if (action === 'lose') await endOpenLoan(context, tx, medium, { condition: 'unknown', note });
    await tell(tx, medium, action, note);
  });
  return readMedium(context, label);
}

/** @throws KuraError conflict `backups.medium-swapped` when another vault lies where those of this medium should be. */
async function lookInside(context: BackupsContext, label: string): Promise<readonly SeenContent[]> {
  const medium = await findMedium(context.database.tables<MediaTables>(), label);
  if (medium === undefined) return [];
  const found = await seenContent(context, medium.id);
  await requireNoOtherVault(context, label, found);
  return found.filter(({ same }) => same);
}

async function tell(tx: WriteTransaction, medium: Medium, action: PlainAction, note: string): Promise<void> {
  const about = { mediumId: medium.id, label: medium.label, name: medium.name };
  if (action === 'find') tx.publish(mediumFound, about);
  if (action === 'release') tx.publish(mediumReleased, about);
  if (action === 'suspect') {
    tx.publish(mediumDamaged, { ...about, condition: medium.condition, note, jobs: await jobsOn(tx, medium) });
  }
  if (action === 'lose') tx.publish(mediumLost, { ...about, jobs: await jobsOn(tx, medium) });
}
