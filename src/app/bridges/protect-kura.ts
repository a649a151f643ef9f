/** backups ← Kura itself: everything it takes to stand it up again is a protected thing from the first start on. */
import type { Backups } from '#backups';
import type { Actor } from '#platform/unit-of-work';

const kura: Actor = { kind: 'system', id: 'kura', name: 'Kura' };

export async function protectKura(backups: Backups): Promise<void> {
  await backups.recovery.ensureJob(kura);
}
