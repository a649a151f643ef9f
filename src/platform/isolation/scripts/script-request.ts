/** What is asked of the script sandbox, and what comes back. */
import { MIB, SECOND } from '#kernel/units';

export interface ScriptLimits {
  /** For everything the script holds, in bytes. */
  readonly memoryBytes: number;
  /** For the stack of its calls, in bytes. */
  readonly stackBytes: number;
  /** From the first line to the answer, in milliseconds of the clock. */
  readonly timeMs: number;
  /** Of its answer as JSON, in UTF-16 units. */
  readonly outputLength: number;
}

/** A file is waiting for the answer. */
export const scriptLimits: ScriptLimits = {
  memoryBytes: 32 * MIB,
  stackBytes: 256 * 1024,
  timeMs: 2 * SECOND,
  outputLength: 64 * 1024,
};

/** Why a script gave no answer that counts. */
export const scriptFaults = [
  /** It is no module that can be read. */
  'unreadable',
  /** It exports no function of that name. */
  'no-function',
  'threw',
  'time',
  'memory',
  'stack',
  'output',
  /** A promise, undefined, or something JSON cannot hold. */
  'no-json',
  /** JSON of another shape than was promised. */
  'shape',
  /** The interpreter gave up; it is thrown away. */
  'crashed',
] as const;
export type ScriptFault = (typeof scriptFaults)[number];

export interface ScriptFailure {
  readonly fault: ScriptFault;
  /** In words of the interpreter or the script, at most 300 characters; nobody vouches for them. */
  readonly detail: string;
}

/** To the thread. */
export interface ScriptCommand {
  /** An ES module without imports. */
  readonly source: string;
  readonly call: string;
  /** JSON. */
  readonly input: string;
  readonly limits: ScriptLimits;
}

/** From the thread. */
export type ScriptReport = { readonly json: string } | { readonly failure: ScriptFailure };
