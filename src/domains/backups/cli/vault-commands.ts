/** `kura vault …`: the vault engine on any folder. No data directory and no database are needed or opened. */
import type { Command } from '#platform/cli';

import { backupCommand } from './vault/backup-command.ts';
import { initCommand } from './vault/init-command.ts';
import { restoreCommand } from './vault/restore-command.ts';
import { snapshotsCommand } from './vault/snapshots-command.ts';
import type { VaultCommandDeps } from './vault/vault-command.ts';
import { verifyCommand } from './vault/verify-command.ts';

export function vaultCommands(deps: VaultCommandDeps): readonly Command<unknown>[] {
  return [initCommand(deps), backupCommand(deps), snapshotsCommand(deps), verifyCommand(deps), restoreCommand(deps)];
}
