import type { Instant } from '#kernel/brands';
import type { Database } from '#platform/db';

import { updateKey } from './key-store.ts';

/** Keys whose note is being written. */
const underWay = new WeakMap<Database, Set<string>>();

/**
 * Writes down when a key was used. No request waits for it: many keys that are first used in the same minute would else stand
 * in line behind every change. What fails is noted with the next use.
 */
export function noteUse(database: Database, id: string, at: Instant): void {
  const notes = underWay.get(database) ?? new Set();
  underWay.set(database, notes);
  if (notes.has(id)) return;
  notes.add(id);
  void database
    .transaction((tx) => updateKey(tx, id, { last_used_at: at }), { durability: 'relaxed' })
    .catch(() => undefined)
    .finally(() => notes.delete(id));
}
