/** Commands that write or read files of people can have them sealed, by the keys of this installation. */
import type { Command, CommandContext } from '#platform/cli';
import type { Environment } from '#platform/config';
import type { ProtectionServices } from '#platform/protection';

import type { AppContext } from '../context.ts';

export async function withProtection(
  commands: readonly Command<AppContext>[],
  environment: Environment,
): Promise<readonly Command<AppContext>[]> {
  if (!commands.some(({ saves, reads }) => saves || reads)) return commands;
  const { withProtectedFiles } = await import('#platform/protection');
  return commands.map((command) =>
    withProtectedFiles(command, async (context, stack) => await ownProtection(context, environment, stack)),
  );
}

/** Of this machine, also when a server elsewhere does the work: what is saved here is sealed here. */
async function ownProtection(
  context: CommandContext<AppContext>,
  environment: Environment,
  stack: AsyncDisposableStack,
): Promise<ProtectionServices> {
  const { openProtection, protectionOf } = await import('../open-protection.ts');
  if (context.globals.server === undefined) return protectionOf(await context.open());
  return await openProtection(context, environment, stack);
}
