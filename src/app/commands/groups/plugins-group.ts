import { adaptCommand } from '#platform/cli';
import { pluginCommands } from '#platform/plugins';

import { pluginRunCommand } from '../plugin-run-command.ts';
import type { Commands } from './command-group.ts';

/** What others wrote to run beside Kura's own scan. */
export function pluginsGroup(): Commands {
  return [...pluginCommands.map((command) => adaptCommand(command, () => undefined)), pluginRunCommand];
}
