/** What sealing and opening files stands on: the lower half of the object graph, without domains and server. */
import type { CommandContext } from '#platform/cli';
import { type Environment, namesOf, resolveHome } from '#platform/config';
import type { ProtectionServices } from '#platform/protection';

import { openPlatform, type Platform } from './open-platform.ts';

export async function openProtection(
  { globals }: Pick<CommandContext<unknown>, 'globals'>,
  environment: Environment,
  stack: AsyncDisposableStack,
): Promise<ProtectionServices> {
  const home = resolveHome(globals.home, environment);
  const platform = await openPlatform({ home, environment, logToTerminal: false, role: 'protection' }, stack);
  return protectionOf(platform);
}

/** What is open already. */
export function protectionOf({ secrets, storedSecrets, random, clock, settings }: Platform): ProtectionServices {
  return { secrets, storedSecrets, random, clock, escrow: () => namesOf(settings.loaded().config.master.escrow) };
}
