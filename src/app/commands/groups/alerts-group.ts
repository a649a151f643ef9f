import { alertCommands } from '#platform/alerts';
import { availabilityCommands } from '#platform/availability';
import { adaptCommand } from '#platform/cli';
import { notifyCommands } from '#platform/notify';
import type { Commands } from './command-group.ts';

/** What is wrong, who is told of it, and how long Kura was there. */
export function alertsGroup(): Commands {
  return [...alertCommands, ...notifyCommands, ...availabilityCommands].map((command) =>
    adaptCommand(command, () => undefined),
  );
}
