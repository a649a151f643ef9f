/** What a program writes to its standard output, as the content of a backup. */
import type { SourceStream } from '#engines/vault';
import { KuraError } from '#kernel/errors';
import { KIB } from '#kernel/units';
import { findProgram, openProgram } from '#platform/processes';

export interface ProgramWish {
  /** Name, looked for in the folders of the system, or an absolute path. */
  readonly program: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
  /** Exit codes that mean: done, but look at it. Any other than these and 0 is a failure. */
  readonly warningCodes: readonly number[];
}

/** Of what a program says on standard error, so much of the end is kept. */
const LAST_WORDS = 4 * KIB;

/** @throws KuraError unavailable `backups.source-program-missing`, `processes.not-started` */
export async function openProgramStream(wish: ProgramWish, signal: AbortSignal): Promise<SourceStream> {
  const { args, environment, folder } = wish;
  const program = await findProgram(wish.program);
  if (program === undefined) {
    throw new KuraError('unavailable', 'backups.source-program-missing', { params: { program: wish.program } });
  }
  const running = await openProgram({ program, args, environment: given(environment), folder }, signal);
  let words = '';
  running.stderr.setEncoding('utf8').on('data', (text: string) => {
    words = `${words}${text}`.slice(-LAST_WORDS);
  });
  return {
    bytes: running.stdout,
    async end() {
      const { exitCode, signal: by } = await running.ended;
      signal.throwIfAborted();
      if (exitCode === 0) return undefined;
      const reason = words.trim().split('\n').at(-1) ?? '';
      const code = exitCode ?? by ?? '';
      if (exitCode !== null && wish.warningCodes.includes(exitCode)) return `${wish.program} (${code}): ${reason}`;
      const params = { program: wish.program, code, reason };
      throw new KuraError('unavailable', 'backups.source-program-failed', { params });
    },
    [Symbol.asyncDispose]: () => running[Symbol.asyncDispose](),
  };
}

function given(environment: ProgramWish['environment']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
