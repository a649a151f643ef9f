/** Every command there is. */
import { dirname } from 'node:path';

import { backupsCommands, vaultCommands } from '#backups';
import { systemClock, systemRandom } from '#kernel/clock';
import { knowledgeCommands } from '#knowledge';
import { fileCommands, modelsCommands } from '#models';
import { auditCommands } from '#platform/audit';
import { adaptCommand, type Command } from '#platform/cli';
import { type Environment, loadConfig, recipientsOf, resolveHome, storedSecretPath } from '#platform/config';
import { identityCommands } from '#platform/identity';
import { configuredNetwork } from '#platform/outbound';
import { type ProtectionServices, protectionCommands } from '#platform/protection';
import { configuredExternalScanners } from '../configured-external-scanners.ts';
import { configuredVirusScanner } from '../configured-virus-scanner.ts';
import type { AppContext } from '../context.ts';
import { openKnownVerdicts } from '../open-known-verdicts.ts';
import { authCommands } from './auth-commands.ts';
import { configCommands } from './config-commands.ts';
import { databaseCommands } from './database-commands.ts';
import { doctorCommand } from './doctor-command.ts';
import { loginLinkCommand } from './login-link-command.ts';
import { scheduleCommands } from './schedule-commands.ts';
import { serveCommand } from './serve-command.ts';

export function allCommands(environment: Environment): readonly Command<AppContext>[] {
  return [
    serveCommand(environment),
    loginLinkCommand,
    ...modelsCommands.map((command) => adaptCommand(command, (context: AppContext) => context.models)),
    ...fileCommands({
      clock: systemClock,
      random: systemRandom,
      configuredNetwork: (home) => {
        const { config } = loadConfig({ home: resolveHome(home, environment), environment });
        return configuredNetwork(config.network, environment);
      },
      configuredVirusScanner: (home) => {
        const { config } = loadConfig({ home: resolveHome(home, environment), environment });
        return configuredVirusScanner(config);
      },
      configuredExternalScanners: (home) => {
        const { config } = loadConfig({ home: resolveHome(home, environment), environment });
        return configuredExternalScanners(config);
      },
      openKnownVerdicts: async (home) => openKnownVerdicts(home, environment),
    }),
    ...backupsCommands.map((command) => adaptCommand(command, (context: AppContext) => context.backups)),
    ...vaultCommands({ passphrase: environment['KURA_VAULT_PASSPHRASE'] }),
    ...knowledgeCommands.map((command) => adaptCommand(command, (context: AppContext) => context.knowledge)),
    ...identityCommands.map((command) => adaptCommand(command, () => undefined)),
    ...protectionCommands((home) => dirname(storedSecretPath(resolveHome(home, environment), 'x'))).map((command) =>
      adaptCommand(command, protectionOf),
    ),
    ...authCommands,
    ...configCommands,
    ...databaseCommands,
    ...scheduleCommands,
    ...auditCommands,
    doctorCommand,
  ];
}

function protectionOf({ secrets, storedSecrets, random, clock, settings }: AppContext): ProtectionServices {
  return {
    secrets,
    storedSecrets,
    random,
    clock,
    escrow: () => recipientsOf(settings.loaded().config.master.escrow),
  };
}
