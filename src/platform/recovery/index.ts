/** An image of this installation: everything it takes to stand Kura up again, but for the master key (P-076, ADR 0033). */
import type { Catalogues } from '#kernel/messages';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export { damagedFiles, type ImageManifest, readManifest } from './image-manifest.ts';
export { type Placing, placeImage } from './place-image.ts';
export { clearParts, type StagingDeps, stageImage } from './stage-image.ts';
export const recoveryMessages: Catalogues = { en, ja };
