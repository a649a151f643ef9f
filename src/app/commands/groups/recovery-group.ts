import type { Environment } from '#platform/config';

import { recoveryCommands } from '../recovery-commands.ts';
import type { Commands } from './command-group.ts';

/** Kura's own backup and its way back. */
export function recoveryGroup(environment: Environment): Commands {
  return recoveryCommands(environment);
}
