/** The near side of the thread that runs scripts nobody trusts (P-064). */
import { Worker } from 'node:worker_threads';

import type { z } from 'zod';

import { ResidentThread } from '#kernel/resident-thread';
import { SECOND } from '#kernel/units';

import {
  type ScriptCommand,
  type ScriptFailure,
  type ScriptLimits,
  type ScriptReport,
  scriptLimits,
} from './script-request.ts';

export interface ScriptCall<Shape extends z.ZodType> {
  /** An ES module without imports. */
  readonly source: string;
  /** The exported function; called with one argument. */
  readonly call: string;
  /** Becomes JSON. */
  readonly input: unknown;
  /** What its answer must look like. */
  readonly output: Shape;
  /** Default: `scriptLimits`. */
  readonly limits?: ScriptLimits | undefined;
}

export type ScriptResult<Value> = { readonly value: Value } | { readonly failure: ScriptFailure };

export interface ScriptSandbox extends AsyncDisposable {
  /**
   * One call after the other, each in an interpreter of its own. A failure is an ordinary answer, whatever the script did.
   * @throws the signal's reason, nothing else
   */
  run<Shape extends z.ZodType>(call: ScriptCall<Shape>, signal: AbortSignal): Promise<ScriptResult<z.output<Shape>>>;
}

/** The interpreter stops itself at its limit; a thread that does not come back by then is ended. */
const GRACE_MS = 5 * SECOND;
const IDLE_MS = 10 * SECOND;
/** For the thread's own heap: the interpreter's memory is not in it. */
const HEAP_MIB = 64;

/** Begins its thread with the first call. `graceMs`: how long a thread is waited for after the limit of its script. */
export function createScriptSandbox({ graceMs = GRACE_MS }: { readonly graceMs?: number } = {}): ScriptSandbox {
  const thread = new ResidentThread<ScriptCommand, ScriptReport>({ start: startThread, idleMs: IDLE_MS });

  async function reportOf(command: ScriptCommand, signal: AbortSignal): Promise<ScriptReport> {
    try {
      return await thread.ask(command, { signal, limitMs: command.limits.timeMs + graceMs });
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof DOMException && error.name === 'TimeoutError')
        return { failure: { fault: 'time', detail: '' } };
      return { failure: { fault: 'crashed', detail: String(error).slice(0, 300) } };
    }
  }

  return {
    async run({ source, call, input, output, limits = scriptLimits }, signal) {
      const command: ScriptCommand = { source, call, input: JSON.stringify(input), limits };
      const report = await reportOf(command, signal);
      if ('failure' in report) return report;
      return readAnswer(report.json, output);
    },
    [Symbol.asyncDispose]: () => thread.stop(),
  };
}

function readAnswer<Shape extends z.ZodType>(json: string, output: Shape): ScriptResult<z.output<Shape>> {
  try {
    const read = output.safeParse(JSON.parse(json));
    if (read.success) return { value: read.data };
    const [issue] = read.error.issues;
    return { failure: { fault: 'shape', detail: `${issue?.path.join('.')}: ${issue?.message}`.slice(0, 300) } };
  } catch (error) {
    // Nested deeper than our own stack goes.
    return { failure: { fault: 'shape', detail: String(error).slice(0, 300) } };
  }
}

function startThread(): Worker {
  return new Worker(new URL('./script-worker.ts', import.meta.url), {
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MIB, stackSizeMb: 4 },
  });
}
