/** The one place where Kura starts programs: argument arrays, no shell, nothing inherited, bounded in time and output. */
import type { Catalogues } from '#kernel/messages';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export { findProgram } from './find-program.ts';
export { type OpenProgram, type OpenProgramRequest, openProgram, type ProgramEnd } from './open-program.ts';
export { plainEnvironment } from './plain-environment.ts';
export { postgresVariables } from './postgres-variables.ts';
export { createVersionReader, type VersionQuestion } from './program-version.ts';
export { hearProgram, type ReadProgramRequest, readProgram } from './read-program.ts';
export { type EndedBy, type ProgramRequest, type ProgramResult, runProgram, type SideChannel } from './run-program.ts';
export const processesMessages: Catalogues = { en, ja };
