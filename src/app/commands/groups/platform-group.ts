import { auditCommands } from '#platform/audit';
import { adaptCommand } from '#platform/cli';
import type { Environment } from '#platform/config';
import { identityCommands } from '#platform/identity';
import { mailCommands } from '#platform/notify';
import { authCommands } from '../auth-commands.ts';
import { configCommands } from '../config-commands.ts';
import { databaseCommands } from '../database-commands.ts';
import { doctorCommand } from '../doctor-command.ts';
import { loginCommands } from '../login-commands.ts';
import { loginLinkCommand } from '../login-link-command.ts';
import { scheduleCommands } from '../schedule-commands.ts';
import type { Commands } from './command-group.ts';

/** Accounts, settings and records of this installation. */
export function platformGroup(environment: Environment): Commands {
  return [
    loginLinkCommand,
    ...loginCommands(environment),
    ...[...identityCommands, ...mailCommands].map((command) => adaptCommand(command, () => undefined)),
    ...authCommands,
    ...configCommands,
    ...databaseCommands,
    ...scheduleCommands,
    ...auditCommands,
    doctorCommand,
  ];
}
