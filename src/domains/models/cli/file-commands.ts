/** Commands on single files and addresses; they need no data directory and open none. */
import type { TransferDeps } from '#engines/transfer';
import type { Command } from '#platform/cli';

import { fetchCommand } from './fetch-command.ts';
import { hashCommand } from './hash-command.ts';
import { identifyCommand } from './identify-command.ts';
import { scanCommand } from './scan-command.ts';

export function fileCommands(deps: TransferDeps): readonly Command<unknown>[] {
  return [hashCommand, fetchCommand(deps), scanCommand, identifyCommand];
}
