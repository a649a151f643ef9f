/** Starts one program whose output is read while it runs. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

import { give, isRunning, killGroup, notStarted } from './process-group.ts';

export interface OpenProgramRequest {
  /** Absolute. */
  readonly program: string;
  readonly args: readonly string[];
  /** All there is; nothing of ours is inherited. */
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: string;
  /** Default: nothing to read. */
  readonly stdin?: Uint8Array | undefined;
  /** How it is asked to end when the signal is aborted, and how long it may take to tidy up. Default: it is killed at once. */
  readonly ending?: { readonly by: NodeJS.Signals; readonly graceMs: number } | undefined;
}

export interface ProgramEnd {
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Disposing ends it, with everything it started. */
export interface OpenProgram extends AsyncDisposable {
  /** Whoever does not read it keeps the program waiting. */
  readonly stdout: Readable;
  readonly stderr: Readable;
  readonly ended: Promise<ProgramEnd>;
}

/**
 * No shell, no terminal. When the signal is aborted it is ended.
 * @throws KuraError unavailable `processes.not-started`; the signal's reason
 */
export async function openProgram(request: OpenProgramRequest, signal: AbortSignal): Promise<OpenProgram> {
  signal.throwIfAborted();
  const { program, args, environment: env, folder: cwd, stdin, ending } = request;
  const child = spawn(program, args, { env, cwd, detached: true, shell: false, stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = new Promise<ProgramEnd>((resolve) => {
    child.once('exit', (exitCode, by) => resolve({ exitCode, signal: by }));
  });
  let patience: NodeJS.Timeout | undefined;
  function end(): void {
    // Afterwards its number may be somebody else's.
    if (isRunning(child)) killGroup(child);
  }
  /** Only the program itself hears of it: what it started is its to end. */
  function stop(): void {
    if (ending === undefined) return end();
    if (!isRunning(child)) return;
    child.kill(ending.by);
    patience = setTimeout(end, ending.graceMs);
  }
  try {
    await once(child, 'spawn');
  } catch (cause) {
    throw notStarted(program, cause);
  }
  give(child.stdin, stdin);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  return {
    stdout: child.stdout,
    stderr: child.stderr,
    ended,
    async [Symbol.asyncDispose]() {
      signal.removeEventListener('abort', stop);
      end();
      await ended;
      clearTimeout(patience);
      child.stdout.destroy();
      child.stderr.destroy();
    },
  };
}
