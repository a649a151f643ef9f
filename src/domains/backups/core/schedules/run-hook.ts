/** A program before or after a backup: without a shell, with nothing of ours but what it is told. */
import { tmpdir } from 'node:os';

import { MIB, MINUTE } from '#kernel/units';
import { runProgram } from '#platform/processes';

import type { Hook } from '../../contract/index.ts';
import type { BackupsContext } from '../backups-context.ts';
import { reasonOfError } from '../runs/reason-of.ts';
import type { Reason } from '../runs/run-record.ts';
import { requireAllowedProgram } from '../sources/allowed-program.ts';

export interface HookRun {
  readonly hook: Hook;
  /** Added to its environment. */
  readonly told: Readonly<Record<string, string>>;
}

/** Why it failed; undefined when it did not. @throws the signal's reason */
export async function runHook(
  { programs }: Pick<BackupsContext, 'programs'>,
  { hook, told }: HookRun,
  signal: AbortSignal,
): Promise<Reason | undefined> {
  const [named = '', ...args] = hook.command;
  try {
    const {
      exitCode,
      endedBy,
      signal: killedBy,
    } = await runProgram(
      {
        program: await requireAllowedProgram(programs(), named),
        args,
        environment: { PATH: '/usr/local/bin:/usr/bin:/bin', LANG: 'C.UTF-8', ...told },
        folder: tmpdir(),
        wallMs: hook.timeoutMinutes * MINUTE,
        outputBytes: MIB,
      },
      signal,
    );
    if (exitCode !== null && (exitCode === 0 || hook.okCodes.includes(exitCode))) return undefined;
    const params = { program: named, code: exitCode ?? killedBy ?? '–' };
    return { code: endedBy === 'wall' ? 'backups.hook-too-long' : 'backups.hook-failed', params };
  } catch (error) {
    signal.throwIfAborted();
    return reasonOfError(error);
  }
}
