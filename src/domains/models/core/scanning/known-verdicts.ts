/** What the data directory knows of files on disk, for `kura scan`: only read, and never a reason to fail. */
import type { Database } from '#platform/db';

import { findMeasuredHashes, hasMeasuredBelow } from '../../store/measured-hash-store.ts';
import { findVerdict, type StoredVerdict } from '../../store/scan-store.ts';
import { factsOf } from '../hashing/file-facts.ts';
import { verdictKeyOf } from './verdict-key.ts';

export interface KnownVerdicts {
  /** Whether asking for the path, or for anything below it, can be worth it. */
  knowsBelow(path: string): Promise<boolean>;
  /**
   * The verdict by the rules of today on a file that was hashed and has the same size, time and inode still. Undefined
   * when nothing is known, and when the database cannot be read.
   */
  recall(path: string): Promise<StoredVerdict | undefined>;
}

export function createKnownVerdicts(database: Database): KnownVerdicts {
  return {
    knowsBelow: async (path) => answer(() => hasMeasuredBelow(database, path)).then((known) => known ?? false),
    recall: (path) =>
      answer(async () => {
        const measured = await findMeasuredHashes(database, await factsOf(path));
        return measured === undefined ? undefined : findVerdict(database, verdictKeyOf(path, measured.SHA256));
      }),
  };
}

/** A file that is gone is the scanner's to tell, and a database of another version or in trouble only saves no time. */
async function answer<Result>(question: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await question();
  } catch {
    return undefined;
  }
}
