/** The one place where Kura starts programs: argument arrays, no shell, nothing inherited, bounded in time and output. */
import type { Catalogues } from '#kernel/messages';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export { findProgram } from './find-program.ts';
export { type EndedBy, type ProgramRequest, type ProgramResult, runProgram, type SideChannel } from './run-program.ts';
export const processesMessages: Catalogues = { en, ja };
