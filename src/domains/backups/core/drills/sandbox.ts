/** The folder of one drill: nobody else sees it, and nothing of it stays. */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import type { BackupsContext } from '../backups-context.ts';
import { requireRoom } from '../verification/examine-restore.ts';

export interface Sandbox extends AsyncDisposable {
  readonly folder: string;
}

export function sandboxOf({ scratchFolder }: Pick<BackupsContext, 'scratchFolder'>, drillId: string): string {
  return join(scratchFolder, `drill-${drillId}`);
}

/** @throws KuraError unavailable `backups.no-room-for-test` */
export async function openSandbox(context: BackupsContext, drillId: string, neededBytes: number): Promise<Sandbox> {
  const folder = sandboxOf(context, drillId);
  async function remove(): Promise<void> {
    await rm(folder, { recursive: true, force: true });
  }
  await remove();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    await requireRoom(folder, { totals: { bytes: neededBytes } });
  } catch (error) {
    await remove();
    throw error;
  }
  return { folder, [Symbol.asyncDispose]: remove };
}
