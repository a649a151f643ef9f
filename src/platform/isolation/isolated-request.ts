/** What is to run, and what came of it. */
import type { IsolationLimits } from './limits.ts';

/** `bubblewrap`: namespaces of its own. `limited`: limits and an empty environment, nothing else. */
export type IsolationLevel = 'bubblewrap' | 'limited';

export interface VisiblePath {
  /** Absolute; a file or a folder with everything below it. */
  readonly path: string;
  /** Where the program sees it; default: at its own path. Not moved at level `limited`. */
  readonly at?: string | undefined;
}

export interface IsolatedRequest {
  /** Absolute path, or the name of a program in a folder of the system. */
  readonly program: string;
  readonly args: readonly string[];
  /** What it may read besides the system's programs and libraries. */
  readonly readOnly: readonly VisiblePath[];
  /** Besides PATH, HOME, TMPDIR and LANG, which are set to harmless values; nothing of ours is handed on. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
  readonly limits: IsolationLimits;
  readonly stdin?: Uint8Array | undefined;
}

/**
 * `memory` is missing on purpose: a program that gets none fails in its own way, and nobody can tell that from other
 * failures. `signal`: it crashed, or the kernel ended it.
 */
export type KilledBy = 'wall' | 'cpu' | 'output' | 'file-size' | 'signal';

export interface IsolatedResult {
  readonly level: IsolationLevel;
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  /** Cut at `limits.outputBytes`. */
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
  /** Undefined when it ended by itself. */
  readonly killedBy: KilledBy | undefined;
}
