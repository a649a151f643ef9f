/** Remembers what files hashed to: a folder that was measured once is measured again in the time it takes to list it. */
import { type Clock, nowInstant } from '#kernel/clock';
import type { Database } from '#platform/db';
import type { UnitOfWork } from '#platform/unit-of-work';

import { type FileFacts, findMeasuredHashes, saveMeasuredHashes } from '../../store/measured-hash-store.ts';
import { localActor } from '../actor.ts';
import type { SpelledHashes } from './spell-hashes.ts';

export interface HashMemory {
  /** Undefined when the file was never measured, or its size, time or inode has changed since. */
  recall(facts: FileFacts): Promise<SpelledHashes | undefined>;
  remember(facts: FileFacts, hashes: SpelledHashes): Promise<void>;
}

export interface HashMemoryDeps {
  readonly database: Database;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
}

export function createHashMemory({ database, unitOfWork, clock }: HashMemoryDeps): HashMemory {
  return {
    recall: (facts) => findMeasuredHashes(database, facts),
    remember: (facts, hashes) =>
      unitOfWork.write(localActor, async (tx) => saveMeasuredHashes(tx, facts, hashes, nowInstant(clock))),
  };
}
