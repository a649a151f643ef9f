import type { Environment } from '#platform/config';
import { serveCommand } from '../serve-command.ts';
import type { Commands } from './command-group.ts';

export function serveGroup(environment: Environment): Commands {
  return [serveCommand(environment)];
}
