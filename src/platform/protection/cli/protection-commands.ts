import type { Command } from '#platform/cli';
import { decryptCommand } from './decrypt-command.ts';
import { encryptCommand } from './encrypt-command.ts';
import type { ProtectionServices } from './protection-services.ts';
import { secretsCommands } from './secrets-commands.ts';

/** @param secretsFolder Where the secrets of a data directory stand. */
export function protectionCommands(
  secretsFolder: (home: string | undefined) => string,
): readonly Command<ProtectionServices>[] {
  return [encryptCommand, decryptCommand, ...secretsCommands(secretsFolder)];
}
