import type { RestoreNote } from './restore-request.ts';

/** Counts what did not come back besides contents: the same reason usually holds for every file. */
export interface RestoreNotes {
  add(code: RestoreNote['code'], path: string, reason: string): void;
  all(): readonly RestoreNote[];
}

export function createRestoreNotes(): RestoreNotes {
  const notes = new Map<RestoreNote['code'], RestoreNote>();
  return {
    add(code, path, reason) {
      const known = notes.get(code) ?? { code, count: 0, path, reason };
      notes.set(code, { ...known, count: known.count + 1 });
    },
    all: () => [...notes.values()],
  };
}
