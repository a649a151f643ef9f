/** Runs programs that touch what nobody trusts (P-064). */
import type { Random } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { findProgram } from '#platform/processes';

import type { IsolatedRequest, IsolatedResult, IsolationLevel } from './isolated-request.ts';
import { aspectsOf, type IsolationState } from './isolation-state.ts';
import { killedBy } from './killed-by.ts';
import { type Ability, proveAbility } from './prove-ability.ts';
import { type RunOptions, runInBubblewrap, runWithLimits } from './run-levels.ts';

export interface IsolationDeps {
  readonly random: Random;
  /** Whether programs may run where bubblewrap does not (`isolation.fallback`); read for each run. */
  readonly allowLimited: () => boolean;
  /** Where bwrap, prlimit and setpriv stand; default: folders of the system. */
  readonly folders?: readonly string[] | undefined;
}

export interface Isolation {
  /**
   * Runs a program with nothing but what the request gives it.
   * @throws KuraError unavailable with the code of `state().reason` where it would not be isolated and that is not
   * allowed; `isolation.program-missing`; `processes.not-started`; the signal's reason
   */
  run(request: IsolatedRequest, signal: AbortSignal): Promise<IsolatedResult>;
  /** Found out by trying. @throws the signal's reason */
  state(signal: AbortSignal): Promise<IsolationState>;
}

/** Users that systemd lends to services and nobody owns; any two runs hardly meet. */
const FIRST_USER = 61_184;
const USERS = 4336;

export function createIsolation({ random, allowLimited, folders }: IsolationDeps): Isolation {
  const isRoot = process.getuid?.() === 0;
  let proven: Ability | undefined;

  function optionsOf(signal: AbortSignal): RunOptions {
    return { uid: isRoot ? FIRST_USER + Math.floor(random.fraction() * USERS) : undefined, signal };
  }

  async function ability(signal: AbortSignal): Promise<Ability> {
    const found = proven ?? (await proveAbility(folders, optionsOf(signal)));
    // What is missing may be there next time.
    if (found.reason === null) proven = found;
    return found;
  }

  return {
    async state(signal) {
      const { tools, version, reason } = await ability(signal);
      const level: IsolationLevel = reason === null ? 'bubblewrap' : 'limited';
      const aspects = aspectsOf(level, { isRoot, hasLimits: tools.prlimit !== undefined });
      return { level, version, reason, ...aspects, isAllowed: reason === null || allowLimited() };
    },

    async run(request, signal) {
      const { tools, reason } = await ability(signal);
      if (reason !== null && !allowLimited()) {
        throw new KuraError('unavailable', reason.code, { params: reason.params });
      }
      const program = await findProgram(request.program);
      if (program === undefined) {
        throw new KuraError('unavailable', 'isolation.program-missing', { params: { program: request.program } });
      }
      const found = { ...request, program };
      const { bwrap, prlimit, setpriv } = tools;
      const isWhole = reason === null && bwrap !== undefined && prlimit !== undefined;
      const ended = isWhole
        ? await runInBubblewrap(found, { bwrap, prlimit, setpriv }, optionsOf(signal))
        : await runWithLimits(found, tools, optionsOf(signal));
      const { exitCode, stdout, stderr } = ended;
      return { level: isWhole ? 'bubblewrap' : 'limited', exitCode, stdout, stderr, killedBy: killedBy(ended) };
    },
  };
}
