/** Locks that a restic of ours left behind when it was killed: they would stop every later check and clean-up. */
import { hostname } from 'node:os';

import type { EngineCall } from '#backups/ports';
import { isKuraError } from '#kernel/errors';
import { parsedJson } from '#kernel/parsed-json';

import { lockSchema } from './restic-answers.ts';
import { type ResticDeps, type ResticRun, runRestic } from './restic-program.ts';

/**
 * As `runRestic`; when the repository is locked by nobody but processes of this machine that are dead, the locks are
 * removed and it is tried once more. Locks of other machines and of the living are never touched.
 */
export async function runUnlocking(deps: ResticDeps, call: EngineCall, run: ResticRun): Promise<number> {
  try {
    return await runRestic(deps, call, run);
  } catch (error) {
    if (!isKuraError(error) || error.code !== 'backups.engine-repository-locked') throw error;
    if (!(await areAllOursAndDead(deps, call))) throw error;
    await runRestic(deps, call, { args: ['unlock'], onOutput: call.onLine });
    return await runRestic(deps, call, run);
  }
}

async function areAllOursAndDead(deps: ResticDeps, call: EngineCall): Promise<boolean> {
  const ids: string[] = [];
  await runRestic(deps, call, {
    args: ['list', 'locks', '--no-lock', '--quiet'],
    onOutput: (line) => ids.push(...(/^[0-9a-f]{64}$/.test(line.trim()) ? [line.trim()] : [])),
  });
  for (const id of ids) {
    const lines: string[] = [];
    await runRestic(deps, call, { args: ['cat', 'lock', id, '--no-lock'], onOutput: (line) => lines.push(line) });
    const lock = lockSchema.safeParse(parsedJson(lines.join('\n'))).data;
    if (lock === undefined || lock.hostname !== hostname() || isAlive(lock.pid)) return false;
  }
  return ids.length > 0;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}
