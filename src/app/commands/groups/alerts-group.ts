import { alertCommands } from '#platform/alerts';
import { adaptCommand } from '#platform/cli';
import { notifyCommands } from '#platform/notify';
import type { Commands } from './command-group.ts';

/** What is wrong, and who is told of it. */
export function alertsGroup(): Commands {
  return [...alertCommands, ...notifyCommands].map((command) => adaptCommand(command, () => undefined));
}
