import { join } from 'node:path';

import { type Backups, backupsCommands, reportCommand } from '#backups';
import { adaptCommand, type Command } from '#platform/cli';
import { type Environment, resolveHome } from '#platform/config';

import type { AppContext } from '../../context.ts';
import type { Commands } from './command-group.ts';

export function backupsGroup(environment: Environment): Commands {
  return [...backupsCommands, reporting(environment)].map((command) =>
    adaptCommand(command, (context: AppContext) => context.backups),
  );
}

/** What cannot be handed in to a server waits in the data directory of this machine. */
function reporting(environment: Environment): Command<Backups> {
  return reportCommand({
    environment,
    spoolFolder: ({ home }) => join(resolveHome(home, environment), 'run', 'reports'),
    folder: () => process.cwd(),
    now: Date.now,
  });
}
