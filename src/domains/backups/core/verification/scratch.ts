import { join } from 'node:path';

import type { BackupsContext } from '../backups-context.ts';

/** Where a restore test of the copy puts its files; the copy's lock keeps two tests apart. */
export function scratchOf({ scratchFolder }: Pick<BackupsContext, 'scratchFolder'>, copyId: string): string {
  return join(scratchFolder, `restore-test-${copyId}`);
}
