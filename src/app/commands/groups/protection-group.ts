import { dirname } from 'node:path';

import type { Command } from '#platform/cli';
import { type Environment, resolveHome, storedSecretPath } from '#platform/config';
import { type ProtectionServices, protectionCommands } from '#platform/protection';

import type { Commands } from './command-group.ts';

export function protectionGroup(environment: Environment): Commands {
  const commands = protectionCommands((home) => dirname(storedSecretPath(resolveHome(home, environment), 'x')));
  return commands.map((command) => onItsOwn(command, environment));
}

/** Files of many gigabytes are sealed in little memory: what a command does not need is not opened for it. */
function onItsOwn(command: Command<ProtectionServices>, environment: Environment): Command<unknown> {
  return {
    ...command,
    async run(input, context) {
      await using stack = new AsyncDisposableStack();
      let services: Promise<ProtectionServices> | undefined;
      function open(): Promise<ProtectionServices> {
        services ??= import('../../open-protection.ts').then(({ openProtection }) =>
          openProtection(context, environment, stack),
        );
        return services;
      }
      return await command.run(input, { ...context, open });
    },
  };
}
