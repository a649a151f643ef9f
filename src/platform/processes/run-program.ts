/** Runs one program to its end. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Duplex, type Readable } from 'node:stream';

import { boundedOutput } from './bounded-output.ts';
import { give, isRunning, killGroup, notStarted } from './process-group.ts';

/** Two more pipes: the program writes to its descriptor 3, and reads from its descriptor 4. */
export interface SideChannel {
  readonly fromProgram: Readable;
  readonly toProgram: Duplex;
}

export interface ProgramRequest {
  /** Absolute. */
  readonly program: string;
  readonly args: readonly string[];
  /** All there is; nothing of ours is inherited. */
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: string;
  /** Default: nothing to read. */
  readonly stdin?: Uint8Array | undefined;
  readonly wallMs: number;
  /** Of standard output and of standard error, each. More ends the program. */
  readonly outputBytes: number;
  /** Who it runs as; only root can choose. Groups are dropped. */
  readonly identity?: { readonly uid: number; readonly gid: number } | undefined;
  /** Talks with the program when it has started, over two pipes that are closed afterwards. */
  readonly handshake?: ((channel: SideChannel) => Promise<void>) | undefined;
}

/** Why we ended it. */
export type EndedBy = 'wall' | 'output';

/** How long the last words of a program that has ended are waited for when somebody else holds its pipes. */
const LEFT_BEHIND_MS = 500;

export interface ProgramResult {
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
  /** Undefined when it ended by itself. */
  readonly endedBy: EndedBy | undefined;
}

/**
 * The program leads a process group and a session of its own: what it started in its group is ended with it, and it has
 * no terminal.
 * @throws KuraError unavailable `processes.not-started`; what `handshake` throws; the signal's reason
 */
export async function runProgram(request: ProgramRequest, signal: AbortSignal): Promise<ProgramResult> {
  signal.throwIfAborted();
  const child = started(request);
  const closed = ended(child, request);
  closed.catch(() => undefined);
  let endedBy: EndedBy | undefined;
  function kill(): void {
    // Afterwards its number may be somebody else's.
    if (isRunning(child)) killGroup(child);
  }
  function onTimeUp(): void {
    if (isRunning(child)) endedBy ??= 'wall';
    kill();
  }
  function onOverflow(): void {
    endedBy ??= 'output';
    kill();
  }
  const stdout = boundedOutput(child.stdout, request.outputBytes, onOverflow);
  const stderr = boundedOutput(child.stderr, request.outputBytes, onOverflow);
  signal.addEventListener('abort', kill, { once: true });
  const timer = setTimeout(onTimeUp, request.wallMs);
  try {
    give(child.stdin, request.stdin);
    if (request.handshake !== undefined) await shakeHands(child, request.handshake, closed);
    const { exitCode, signal: by } = await closed;
    signal.throwIfAborted();
    return { exitCode, signal: by, stdout: stdout.bytes(), stderr: stderr.bytes(), endedBy };
  } catch (error) {
    kill();
    await closed.catch(() => undefined);
    throw error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', kill);
  }
}

type StartedProgram = ChildProcess & Readonly<Record<'stdout' | 'stderr', Readable> & { stdin: NodeJS.WritableStream }>;

function started({ program, args, environment, folder, identity, handshake }: ProgramRequest): StartedProgram {
  const pipes = handshake === undefined ? [] : (['pipe', 'pipe'] as const);
  try {
    return spawn(program, args, {
      env: environment,
      cwd: folder,
      detached: true,
      shell: false,
      stdio: ['pipe', 'pipe', 'pipe', ...pipes],
      ...identity,
    });
  } catch (cause) {
    throw notStarted(program, cause);
  }
}

/** When it has ended and everything it wrote has arrived. */
async function ended(
  child: StartedProgram,
  { program }: ProgramRequest,
): Promise<{ readonly exitCode: number | null; readonly signal: NodeJS.Signals | null }> {
  let patience: NodeJS.Timeout | undefined;
  child.once('exit', () => {
    killGroup(child);
    // Whoever left the group may hold the pipes open for ever.
    patience = setTimeout(() => {
      child.stdout.destroy();
      child.stderr.destroy();
    }, LEFT_BEHIND_MS);
  });
  try {
    await once(child, 'close');
  } catch (cause) {
    throw notStarted(program, cause);
  } finally {
    clearTimeout(patience);
  }
  return { exitCode: child.exitCode, signal: child.signalCode };
}

/** A program that ends instead of answering is told by its end, not by a broken pipe. */
async function shakeHands(
  child: ChildProcess,
  handshake: NonNullable<ProgramRequest['handshake']>,
  closed: Promise<unknown>,
): Promise<void> {
  const [, , , fromProgram, toProgram] = child.stdio;
  if (!(fromProgram instanceof Duplex) || !(toProgram instanceof Duplex)) return;
  for (const pipe of [fromProgram, toProgram]) pipe.on('error', () => undefined);
  try {
    await Promise.race([handshake({ fromProgram, toProgram }), closed]);
  } finally {
    fromProgram.destroy();
    toProgram.destroy();
  }
}
