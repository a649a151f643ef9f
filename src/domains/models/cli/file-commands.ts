/** Commands on single files and addresses; they need no data directory and open none. */
import type { Command } from '#platform/cli';

import { type FetchDeps, fetchCommand } from './fetch-command.ts';
import { identifyCommand } from './identify-command.ts';
import { type ScanCommandDeps, scanCommand } from './scan-command.ts';

export function fileCommands(deps: FetchDeps & ScanCommandDeps): readonly Command<unknown>[] {
  return [fetchCommand(deps), scanCommand(deps), identifyCommand];
}
