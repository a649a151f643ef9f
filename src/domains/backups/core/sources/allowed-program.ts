/** Programs that jobs may start: those somebody who owns the machine has listed. */
import { KuraError } from '#kernel/errors';
import { findProgram } from '#platform/processes';

/**
 * The path of a program that may be started; `programs` are those of the setting `backups.programs`.
 * @throws KuraError refused `backups.program-not-allowed`, unavailable `backups.source-program-missing`
 */
export async function requireAllowedProgram(programs: readonly string[], program: string): Promise<string> {
  if (!programs.includes(program))
    throw new KuraError('refused', 'backups.program-not-allowed', { params: { program } });
  const found = await findProgram(program);
  if (found === undefined) {
    throw new KuraError('unavailable', 'backups.source-program-missing', { params: { program } });
  }
  return found;
}
