import { knowledgeCommands } from '#knowledge';
import { adaptCommand } from '#platform/cli';

import type { AppContext } from '../../context.ts';
import type { Commands } from './command-group.ts';

export function knowledgeGroup(): Commands {
  return knowledgeCommands.map((command) => adaptCommand(command, (context: AppContext) => context.knowledge));
}
