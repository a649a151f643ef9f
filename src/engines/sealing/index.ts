/**
 * sealing – files that only the right keys open (P-060): four levels, streamed at constant memory. Works alone; the format is
 * described in docs/adr/0024-data-protection.md and opens with age and any Tink library, too.
 */
import type { Catalogues } from '#kernel/messages';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export { isSealedBeginning, type SealingLevel, sealedBeginningBytes, sealingLevels } from './header.ts';
export { identitiesIn, newIdentity, newSigner, recipientOf, recipientsIn, signerFrom } from './identity.ts';
export { type Opened, type OpeningWish, openStream, signerFingerprint } from './open-stream.ts';
export { checkPassphrase } from './passphrase.ts';
export { type SealingKeys, sealStream } from './seal-stream.ts';
export { type FilePair, openedFile, openFile, type SealedFile, sealFile, writeNew } from './sealed-file.ts';
export { signerOf } from './signature.ts';
export type { InstanceKeys, OpeningKeys } from './slots.ts';
export const sealingMessages: Catalogues = { en, ja };
