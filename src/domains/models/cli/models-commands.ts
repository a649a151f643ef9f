/** Commands over the models of a data directory. */
import type { Command } from '#platform/cli';
import type { Models } from '../models.ts';
import {
  apiWatchAcceptCommand,
  apiWatchChangesCommand,
  apiWatchLearnCommand,
  apiWatchReplayCommand,
  apiWatchStatusCommand,
} from './api-watch-commands.ts';
import { batchCommands } from './batch-commands.ts';
import { repairCommand, verifyCommand } from './care-commands.ts';
import { downloadHistoryCommands } from './download-history-commands.ts';
import { exchangeCommands } from './exchange-commands.ts';
import { facetsCommand } from './facets-command.ts';
import { featuresCommand } from './feature-commands.ts';
import { getCommand } from './get-command.ts';
import { hashCommand } from './hash-command.ts';
import { imagesCommand } from './images-command.ts';
import { importCommand } from './import-command.ts';
import { inspectCommand } from './inspect-command.ts';
import { listCommand, showCommand, statsCommand } from './library-commands.ts';
import { libraryOrderCommands } from './library-order-commands.ts';
import { libraryScanCommand } from './library-scan-command.ts';
import { licencesCommand } from './licences-command.ts';
import { longSearchCommands } from './long-search-commands.ts';
import { quarantineListCommand, quarantineRestoreCommand } from './quarantine-commands.ts';
import { rawCommand } from './raw-command.ts';
import { searchCommand } from './search-commands.ts';
import { updatesCommand } from './updates-command.ts';
import { versionsCommand } from './versions-command.ts';
import { vocabularyCommand } from './vocabulary-commands.ts';

export const modelsCommands: ReadonlyArray<Command<Models>> = [
  searchCommand,
  facetsCommand,
  hashCommand,
  getCommand,
  ...downloadHistoryCommands,
  ...exchangeCommands,
  ...batchCommands,
  listCommand,
  showCommand,
  inspectCommand,
  versionsCommand,
  imagesCommand,
  rawCommand,
  verifyCommand,
  repairCommand,
  importCommand,
  ...libraryOrderCommands,
  statsCommand,
  updatesCommand,
  licencesCommand,
  apiWatchStatusCommand,
  apiWatchChangesCommand,
  apiWatchAcceptCommand,
  apiWatchLearnCommand,
  apiWatchReplayCommand,
  featuresCommand,
  vocabularyCommand,
  quarantineListCommand,
  quarantineRestoreCommand,
  libraryScanCommand,
  ...longSearchCommands,
];
