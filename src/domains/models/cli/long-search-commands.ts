/** Commands for everything that goes on longer than one search, or comes back to it. */
import type { Command } from '#platform/cli';

import type { Models } from '../models.ts';
import { collectCommand } from './collect-command.ts';
import { collectionsCommands } from './collections-commands.ts';
import { historyCommands } from './history-commands.ts';
import { savedSearchCommands } from './saved-search-commands.ts';
import { sweepCommands } from './sweep-commands.ts';
import { sweepReportCommand } from './sweep-report-command.ts';
import { watchCommands } from './watch-commands.ts';

export const longSearchCommands: ReadonlyArray<Command<Models>> = [
  collectCommand,
  ...collectionsCommands,
  ...sweepCommands,
  sweepReportCommand,
  ...savedSearchCommands,
  ...watchCommands,
  ...historyCommands,
];
