/** models ← backups: a broken file of the library comes back from a backup copy before the site is asked again. */
import type { Backups } from '#backups';
import { sha256 } from '#kernel/brands';
import type { RepairSource } from '#models/ports';

export function repairFromBackups(backups: Backups): RepairSource {
  return {
    name: 'backup',
    recover: async (wanted, target, signal) =>
      (await backups.recoverFile({ sha256: sha256(wanted.sha256), target, signal })) !== undefined,
  };
}
