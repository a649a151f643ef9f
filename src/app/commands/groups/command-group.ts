/** Commands that are loaded together: what one command line does not need must not cost it time or memory. */
import type { Command } from '#platform/cli';
import type { Environment } from '#platform/config';

import type { AppContext } from '../../context.ts';

export type Commands = readonly Command<AppContext>[];

export type CommandGroup = (environment: Environment) => Commands;
