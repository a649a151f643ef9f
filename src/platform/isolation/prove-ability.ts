/** Finds out what this machine can do, by doing it. */
import type { MessageParams } from '#kernel/errors';
import { KIB, SECOND } from '#kernel/units';
import { findProgram, runProgram } from '#platform/processes';

import type { FoundTools, IsolationTools } from './bubblewrap.ts';
import type { IsolationState } from './isolation-state.ts';
import { isolationPresets } from './limits.ts';
import { type RunOptions, runInBubblewrap } from './run-levels.ts';

export interface Ability {
  readonly tools: FoundTools;
  /** Null where bubblewrap is not used. */
  readonly version: string | null;
  /** Null where bubblewrap works. */
  readonly reason: IsolationState['reason'];
}

/** The first release that can forbid further user namespaces. */
const OLDEST = [0, 8] as const;
const PROBE_SECONDS = 10;

/** @throws the signal's reason */
export async function proveAbility(folders: readonly string[] | undefined, options: RunOptions): Promise<Ability> {
  const [bwrap, prlimit, setpriv] = await Promise.all(
    ['bwrap', 'prlimit', 'setpriv'].map((name) => findProgram(name, folders)),
  );
  const tools = { bwrap, prlimit, setpriv };
  function lacking(code: string, params: MessageParams = {}): Ability {
    return { tools, version: null, reason: { code, params } };
  }
  if (bwrap === undefined) return lacking('isolation.bubblewrap-missing');
  if (prlimit === undefined) return lacking('isolation.tool-missing', { program: 'prlimit' });
  const needsUser = options.uid !== undefined;
  if (needsUser && setpriv === undefined) return lacking('isolation.tool-missing', { program: 'setpriv' });
  const version = await versionOf(bwrap, options.signal);
  if (isOld(version)) return lacking('isolation.bubblewrap-old', { version });
  const refusal = await refusalOf({ bwrap, prlimit, setpriv }, options);
  if (refusal !== undefined) return lacking('isolation.bubblewrap-refused', { reason: refusal });
  return { tools, version: `bubblewrap ${version}`, reason: null };
}

/** What bubblewrap says when it cannot; undefined when it can. */
async function refusalOf(tools: IsolationTools, options: RunOptions): Promise<string | undefined> {
  const limits = { ...isolationPresets.minimal, wallSeconds: PROBE_SECONDS };
  const program = (await findProgram('true')) ?? '/bin/true';
  try {
    const { exitCode, stderr } = await runInBubblewrap({ program, args: [], readOnly: [], limits }, tools, options);
    return exitCode === 0 ? undefined : lastLine(stderr);
  } catch (error) {
    options.signal.throwIfAborted();
    return error instanceof Error ? error.message : String(error);
  }
}

async function versionOf(program: string, signal: AbortSignal): Promise<string> {
  const bounds = { folder: '/', wallMs: PROBE_SECONDS * SECOND, outputBytes: KIB };
  const { stdout } = await runProgram({ ...bounds, program, args: ['--version'], environment: {} }, signal);
  return /\d+\.\d+(?:\.\d+)?/.exec(Buffer.from(stdout).toString())?.[0] ?? '0.0';
}

function isOld(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
}

function lastLine(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString().trim().split('\n').at(-1) ?? '';
  return text.replaceAll(/\p{Cc}/gu, ' ').slice(0, 200);
}
