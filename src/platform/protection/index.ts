/** Protection of files and of the installation's keys: `kura encrypt`, `kura decrypt`, `kura secrets` (P-060, P-061). */
import type { Catalogues } from '#kernel/messages';
import type { Command } from '#platform/cli';

import { decryptCommand } from './cli/decrypt-command.ts';
import { encryptCommand } from './cli/encrypt-command.ts';
import type { ProtectionServices } from './cli/protection-services.ts';
import { secretsCommands } from './cli/secrets-commands.ts';
import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export type { ProtectionServices } from './cli/protection-services.ts';

/** @param secretsFolder Where the secrets of a data directory stand. */
export function protectionCommands(
  secretsFolder: (home: string | undefined) => string,
): readonly Command<ProtectionServices>[] {
  return [encryptCommand, decryptCommand, ...secretsCommands(secretsFolder)];
}

export const protectionMessages: Catalogues = { en, ja };
