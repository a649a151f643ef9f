import { vaultCommands } from '#backups';
import type { Environment } from '#platform/config';
import { snapshotSqlite } from '#platform/db';
import { storagesAtTerminal } from '../../configured-storages.ts';
import type { Commands } from './command-group.ts';

export function vaultGroup(environment: Environment): Commands {
  return vaultCommands({
    passphrase: environment['KURA_VAULT_PASSPHRASE'],
    storages: ({ home }) => storagesAtTerminal(home, environment),
    sources: { environment, copySqlite: snapshotSqlite },
  });
}
