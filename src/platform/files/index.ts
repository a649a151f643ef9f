/** Files of the data directory: its layout, atomic writes, and locks between processes. */
import type { Catalogues } from '#kernel/messages';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export { createHomeFolder, type HomeFolder, homeFolder } from './home-folder.ts';
export { acquireLock, type LockOwner, type LockRequest, lockOwner } from './process-lock.ts';
export { clearAbandonedDrafts, syncFolder, writeFileAtomic } from './write-atomic.ts';
export { writePrivateFileOnce } from './write-once.ts';
export const filesMessages: Catalogues = { en, ja };
