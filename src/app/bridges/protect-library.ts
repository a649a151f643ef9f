/** backups ← models: the model library is a protected thing from the first start on, copies or not. */
import type { Backups } from '#backups';
import type { Actor } from '#platform/unit-of-work';

const kura: Actor = { kind: 'system', id: 'kura', name: 'Kura' };

export async function protectLibrary(backups: Backups, folder: string): Promise<void> {
  await backups.ensureJob(kura, {
    key: 'library',
    title: 'Model library',
    source: folder,
    site: 'main',
    everyHours: 24,
    verifyEveryDays: 30,
  });
}
