import { KuraError } from '#kernel/errors';

import type { VaultConfig } from './vault-config.ts';

/**
 * A repository marked append-only takes backups and gives nothing up. The mark binds Kura; who can delete files beside
 * Kura is stopped by the storage alone (object lock, a server that refuses deletes).
 * @throws KuraError refused `vault.append-only`.
 */
export function requireRemovable(config: VaultConfig): void {
  if (config.appendOnly === true) throw new KuraError('refused', 'vault.append-only');
}
