/**
 * The list of the parent snapshot while a tree is walked beside it. Its lines stay as they are written: most of them say of a file
 * just what is found, and go into the new list unchanged.
 */
import { isKuraError } from '#kernel/errors';

import { type BytePath, comparePaths } from '../format/byte-path.ts';
import { decodeEntry, type TreeEntry } from './tree-entry.ts';

export interface ParentLine {
  readonly path: BytePath;
  readonly line: string;
  /** Where in the line the path ends, with its quotation mark; undefined where that is hard to say. */
  readonly pathEnd: number | undefined;
}

export interface ParentLines {
  /** The line of `path`, or undefined. Paths must be asked for in walking order. */
  at(path: BytePath): ParentLine | undefined | Promise<ParentLine | undefined>;
  close(): Promise<void>;
}

/** A list that turns out to be damaged ends there; what comes after it counts as new. */
export function createParentLines(batches: AsyncGenerator<readonly string[]>): ParentLines {
  let lines: readonly string[] = [];
  let next = 0;
  let current: ParentLine | undefined;
  let ended = false;

  /** False when more lines are needed first. */
  function advanceTo(path: BytePath): boolean {
    while (!ended && (current === undefined || comparePaths(current.path, path) < 0)) {
      const line = lines[next];
      if (line === undefined) return false;
      next += 1;
      current = parsed(line);
      ended = current === undefined;
    }
    return true;
  }

  function found(path: BytePath): ParentLine | undefined {
    return current !== undefined && comparePaths(current.path, path) === 0 ? current : undefined;
  }

  async function readOn(path: BytePath): Promise<ParentLine | undefined> {
    while (!advanceTo(path)) {
      const batch = await batches.next().catch(asEnd);
      ended = batch.done === true;
      lines = batch.done === true ? [] : batch.value;
      next = 0;
      if (ended) current = undefined;
    }
    return found(path);
  }

  return {
    at: (path) => (advanceTo(path) ? found(path) : readOn(path)),
    async close() {
      ended = true;
      await batches.return(undefined);
    },
  };
}

/** What the line says; undefined when it is no sound line. */
export function entryOf(line: string): TreeEntry | undefined {
  try {
    return decodeEntry(line);
  } catch (error) {
    return asEnd(error).value;
  }
}

/** A damaged list ends; anything else is no matter of the list. */
function asEnd(error: unknown): { readonly done: true; readonly value: undefined } {
  if (!isKuraError(error)) throw error;
  return { done: true, value: undefined };
}

const startOfLine = /^\{"type":"[a-z]+","path":"([^"\\]*)"/;

function parsed(line: string): ParentLine | undefined {
  const start = startOfLine.exec(line);
  if (start?.[1] !== undefined) return { path: Buffer.from(start[1]), line, pathEnd: start[0].length };
  const entry = entryOf(line);
  return entry && { path: entry.path, line, pathEnd: undefined };
}
