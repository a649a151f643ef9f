import { modelsCommands } from '#models';
import { adaptCommand } from '#platform/cli';

import type { AppContext } from '../../context.ts';
import type { Commands } from './command-group.ts';

export function modelsGroup(): Commands {
  return modelsCommands.map((command) => adaptCommand(command, (context: AppContext) => context.models));
}
