/** `kura vault …`: the vault engine on any folder. No data directory and no database are needed or opened. */
import type { Command } from '#platform/cli';

import { backupCommand } from './vault/backup-command.ts';
import { browseCommands } from './vault/browse-commands.ts';
import { copyCommand } from './vault/copy-command.ts';
import { forgetCommand } from './vault/forget-command.ts';
import { holdCommands } from './vault/hold-commands.ts';
import { initCommand } from './vault/init-command.ts';
import { keyCommands } from './vault/key-commands.ts';
import { pruneCommand } from './vault/prune-command.ts';
import { repairCommand } from './vault/repair-command.ts';
import { restoreCommand } from './vault/restore-command.ts';
import { serveCommand } from './vault/serve-command.ts';
import { snapshotsCommand } from './vault/snapshots-command.ts';
import { upkeepCommands } from './vault/upkeep-commands.ts';
import type { VaultCommandDeps } from './vault/vault-command.ts';
import { verifyCommand } from './vault/verify-command.ts';

export function vaultCommands(deps: VaultCommandDeps): readonly Command<unknown>[] {
  return [
    initCommand(deps),
    backupCommand(deps),
    snapshotsCommand(deps),
    verifyCommand(deps),
    restoreCommand(deps),
    ...browseCommands(deps),
    serveCommand(deps),
    forgetCommand(deps),
    pruneCommand(deps),
    copyCommand(deps),
    repairCommand(deps),
    ...keyCommands(deps),
    ...holdCommands(deps),
    ...upkeepCommands(deps),
  ];
}
