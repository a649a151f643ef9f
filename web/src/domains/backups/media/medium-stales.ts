import { listDueSwaps, listMedia, listMediumEvents, readMedium } from '#backups/contract';

/** What a change of a medium makes stale. */
export const mediumStales = [readMedium, listMedia, listMediumEvents, listDueSwaps];
