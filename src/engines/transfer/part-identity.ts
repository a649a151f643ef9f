/** Whether the file that is open is still the one its name stands for: somebody may put another one in its place. */
import { stat } from 'node:fs/promises';
import { KuraError } from '#kernel/errors';

import type { PartHandle } from './part-file.ts';

/** What was measured is the open file; the name is what would be given away. @throws KuraError `transfer.part-changed` */
export async function refuseChangeling(part: Pick<PartHandle, 'stat'>, path: string): Promise<void> {
  const [open, named] = [await part.stat(), await stat(path).catch(() => undefined)];
  if (open.ino !== named?.ino) throw new KuraError('mismatch', 'transfer.part-changed', { params: { path } });
}
