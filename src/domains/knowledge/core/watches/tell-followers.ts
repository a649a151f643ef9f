/**
 * Who follows an entry hears by mail that it changed (K-047): once until they look at it again, not of what they did
 * themselves, and only where everybody who reads here may see the entry or they have to do with it.
 */
import type { Actor, UnitOfWork, WriteTransaction } from '#platform/unit-of-work';

import { findEntries } from '../../store/entry-store.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import { takeUntold } from '../../store/watch-store.ts';
import { isOpenToReaders, personsOf } from '../entries/reading-scope.ts';

export interface FollowedChange {
  readonly id: string;
  readonly title: string;
  readonly version: number;
  readonly changedBy: string;
  /** User names. */
  readonly persons: readonly string[];
}

/** Sends in the transaction in which is kept that it was sent. */
export type SendToFollowers = (tx: WriteTransaction, change: FollowedChange) => Promise<void>;

export interface Following {
  /** Of the entry as it is now; nothing when it is gone. */
  tellFollowers(actor: Actor, id: string, send: SendToFollowers): Promise<void>;
}

export function createFollowing({ unitOfWork }: { readonly unitOfWork: UnitOfWork }): Following {
  return {
    tellFollowers: (actor, id, send) =>
      unitOfWork.write(actor, async (tx) => {
        const tables = tx.tables<KnowledgeTables>();
        const [entry] = await findEntries(tables, 'id', [id]);
        if (entry === undefined) return;
        const { title, version, updatedBy } = entry;
        const untold = await takeUntold(tables, { entryId: id, version, except: updatedBy });
        const concerned = personsOf(entry);
        const persons = untold.filter((person) => isOpenToReaders(entry) || concerned.includes(person));
        if (persons.length > 0) await send(tx, { id, title, version, changedBy: updatedBy, persons });
      }),
  };
}
