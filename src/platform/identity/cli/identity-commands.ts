import type { Command } from '#platform/cli';

import { directoryCommands } from './directory-commands.ts';
import { factorCommands } from './factor-commands.ts';
import { keyCommands, sessionCommands } from './key-commands.ts';
import { roleCommands } from './role-commands.ts';
import { userCommands } from './user-commands.ts';

/** Accounts, roles, keys and sessions; all of them over the routes, so here and on a server alike. */
export const identityCommands: readonly Command<unknown>[] = [
  ...userCommands,
  ...factorCommands,
  ...roleCommands,
  ...keyCommands,
  ...sessionCommands,
  ...directoryCommands,
];
