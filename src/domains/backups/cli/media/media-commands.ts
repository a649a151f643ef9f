/** `kura backups media …` */
import type { Command } from '#platform/cli';

import type { Backups } from '../../backups.ts';
import { mediaCareCommands } from './care-commands.ts';
import { mediaInventoryCommands } from './inventory-commands.ts';
import { mediaPaperCommands } from './paper-commands.ts';
import { mediaPlaceCommands } from './place-commands.ts';
import { mediaRotationCommands } from './rotation-commands.ts';

export const mediaCommands: ReadonlyArray<Command<Backups>> = [
  ...mediaInventoryCommands,
  ...mediaCareCommands,
  ...mediaPlaceCommands,
  ...mediaRotationCommands,
  ...mediaPaperCommands,
];
