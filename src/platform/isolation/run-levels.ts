/** The two ways to run a program. */
import { SECOND } from '#kernel/units';
import { type ProgramRequest, type ProgramResult, runProgram } from '#platform/processes';

import { bubblewrapArgs, environmentOf, type FoundTools, type IsolationTools } from './bubblewrap.ts';
import type { IsolatedRequest } from './isolated-request.ts';
import { limitOptions } from './limits.ts';
import { mapUsers } from './user-map.ts';

/** `uid`: the user lent to this run when we are root, else undefined. */
export interface RunOptions {
  readonly uid: number | undefined;
  readonly signal: AbortSignal;
}

export async function runInBubblewrap(
  request: IsolatedRequest,
  tools: IsolationTools,
  { uid, signal }: RunOptions,
): Promise<ProgramResult> {
  const args = await bubblewrapArgs(request, tools, uid);
  const handshake: ProgramRequest['handshake'] =
    uid === undefined ? undefined : async (channel) => mapUsers(channel, uid);
  // The environment of bubblewrap itself can be read from inside, so it gets none.
  return runProgram({ ...boundsOf(request), program: tools.bwrap, args, environment: {}, handshake }, signal);
}

export async function runWithLimits(
  request: IsolatedRequest,
  { prlimit, setpriv }: FoundTools,
  { uid, signal }: RunOptions,
): Promise<ProgramResult> {
  const steps = [
    ...(setpriv === undefined ? [] : [setpriv, '--no-new-privs']),
    ...(prlimit === undefined ? [] : [prlimit, ...limitOptions(request.limits, uid !== undefined)]),
    request.program,
    ...request.args,
  ];
  const [program = request.program, ...args] = steps;
  const identity = uid === undefined ? undefined : { uid, gid: uid };
  const environment = environmentOf(request);
  return runProgram({ ...boundsOf(request), program, args, environment, identity }, signal);
}

function boundsOf({ limits, stdin }: IsolatedRequest) {
  return { folder: '/', stdin, wallMs: limits.wallSeconds * SECOND, outputBytes: limits.outputBytes };
}
