/** A program and what it started: they run in a group of their own and are ended together. */
import type { ChildProcess } from 'node:child_process';

import { KuraError, systemCode } from '#kernel/errors';

export function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}

/** The group outlives its leader as long as anybody is in it. */
export function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left.
  }
}

export function notStarted(program: string, cause: unknown): KuraError {
  const reason = systemCode(cause) ?? String(cause);
  return new KuraError('unavailable', 'processes.not-started', { params: { program, reason }, cause });
}

/** What it reads on its standard input, to the end. */
export function give(stdin: NodeJS.WritableStream, bytes: Uint8Array | undefined): void {
  // Who ends without reading breaks the pipe; that is no fault.
  stdin.on('error', () => undefined);
  stdin.end(bytes ?? new Uint8Array());
}
