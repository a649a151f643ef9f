/** The command line: commands as data, output for people and machines, exit codes. */
import type { Catalogues } from '#kernel/messages';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export { adaptCommand, type Command, type CommandContext, defineCommand, type Globals } from './command.ts';
export { exitCodes } from './exit-codes.ts';
export type { FileAccess, FileContent, SavedFile } from './file-access.ts';
export { createOutput, type Output, table, truncate } from './output.ts';
export { type CommandLine, type Connection, runCommandLine } from './run-command-line.ts';
export const cliMessages: Catalogues = { en, ja };
