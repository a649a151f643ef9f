/** Runs one program and hears it while it runs. */
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

import { type OpenProgram, type OpenProgramRequest, openProgram, type ProgramEnd } from './open-program.ts';

export interface ReadProgramRequest extends OpenProgramRequest {
  /** A line of its standard output. */
  readonly onOutput: (line: string) => void;
  /** A line of its standard error. */
  readonly onComplaint: (line: string) => void;
}

/** How long the last words of a program that has ended are waited for when somebody else holds its pipes. */
const LEFT_BEHIND_MS = 1000;

/**
 * How it ended, after everything it said was heard. Nothing is kept here: whoever listens decides how much.
 * @throws KuraError unavailable `processes.not-started`; the signal's reason, after the program has ended
 */
export async function readProgram(request: ReadProgramRequest, signal: AbortSignal): Promise<ProgramEnd> {
  const { onOutput, onComplaint } = request;
  const end = await hearProgram(
    request,
    async ({ stdout, stderr }) => Promise.all([listen(stdout, onOutput), listen(stderr, onComplaint)]),
    signal,
  );
  signal.throwIfAborted();
  return end;
}

/**
 * As readProgram for whoever reads the streams himself and wants to know how it ended when the signal was aborted, too.
 * @throws KuraError unavailable `processes.not-started`; the signal's reason when it was aborted before the start
 */
export async function hearProgram(
  request: OpenProgramRequest,
  hear: (running: Pick<OpenProgram, 'stdout' | 'stderr'>) => Promise<unknown>,
  signal: AbortSignal,
): Promise<ProgramEnd> {
  await using running = await openProgram(request, signal);
  const heard = hear(running);
  // Who cannot go on hearing it does not wait for its end.
  const end = await Promise.race([running.ended, heard.then(() => running.ended)]);
  const over = new AbortController();
  await Promise.race([heard, sleep(LEFT_BEHIND_MS, undefined, { signal: over.signal }).catch(() => undefined)]);
  over.abort();
  return end;
}

async function listen(stream: Readable, onLine: (line: string) => void): Promise<void> {
  const lines = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
  lines.on('line', onLine);
  await once(lines, 'close');
}
