/** Vault repositories on whatever rclone reaches. */
import type { Catalogues } from '#kernel/messages';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export type { RcloneDeps } from './rclone-daemon.ts';
export { type RclonePlace, rclonePlace } from './rclone-place.ts';
export { createRcloneStorage, type RcloneStorage } from './rclone-storage.ts';
export const rcloneStorageMessages: Catalogues = { en, ja };
