/** What a stage of a medium means for the copies on it. */
import type { MediumStage, MediumState, PlaceView } from '../../contract/index.ts';
import type { BoundCopy } from '../../store/media/binding-store.ts';

/** What the register and the rule call a stage. */
export function stateOf(stage: MediumStage): MediumState {
  if (stage === 'new') return 'available';
  return stage === 'loaded' ? 'connected' : stage;
}

/** In a drive without a place it is where the original is; on its way nobody knows better than before. */
export function siteOf(copy: BoundCopy, stage: MediumStage, place: PlaceView | undefined): string | undefined {
  if (place !== undefined) return place.site;
  return stage === 'loaded' || stage === 'available' ? copy.jobSite : undefined;
}
