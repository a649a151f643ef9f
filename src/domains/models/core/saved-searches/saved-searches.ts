/** Searches with a name (M-136). */
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { Actor } from '#platform/unit-of-work';

import type { CollectQuery } from '../../contract/index.ts';
import {
  findSavedSearch,
  listSavedSearches,
  listWatches,
  removeSearchRow,
  type SavedSearch,
  saveSearchRow,
} from '../../store/watch-store.ts';
import type { CollectingDeps } from '../collecting/collecting-deps.ts';

/** Errors are those of the functions behind. */
export interface SavedSearches {
  /** A search of this name takes the query over. */
  readonly save: (name: string, query: CollectQuery, actor: Actor) => Promise<SavedSearch>;
  readonly list: () => Promise<readonly SavedSearch[]>;
  /** @throws KuraError `models.saved-search-not-found`. */
  readonly read: (name: string) => Promise<SavedSearch>;
  /** @throws KuraError `models.saved-search-watched`. */
  readonly remove: (name: string, actor: Actor) => Promise<void>;
}

type Deps = Pick<CollectingDeps, 'database' | 'unitOfWork' | 'clock' | 'ids'>;

export function createSavedSearches(deps: Deps): SavedSearches {
  return {
    save: async (name, query, actor) => save(deps, name, query, actor),
    list: async () => listSavedSearches(deps.database),
    read: async (name) => requireSavedSearch(deps.database, name),
    remove: async (name, actor) => remove(deps, name, actor),
  };
}

/** @throws KuraError `models.saved-search-not-found`. */
export async function requireSavedSearch(
  reads: Parameters<typeof findSavedSearch>[0],
  name: string,
): Promise<SavedSearch> {
  const found = await findSavedSearch(reads, { name });
  if (found === undefined) throw new KuraError('not-found', 'models.saved-search-not-found', { params: { name } });
  return found;
}

async function save(deps: Deps, name: string, query: CollectQuery, actor: Actor): Promise<SavedSearch> {
  const at = nowInstant(deps.clock);
  return deps.unitOfWork.write(actor, async (tx) => {
    await saveSearchRow(tx, { id: deps.ids.next(), name, query, createdAt: at, updatedAt: at });
    const saved = await requireSavedSearch(tx, name);
    const subject = { kind: 'saved-search', id: saved.id, name };
    await tx.audit({ action: 'models.save-search', subject, result: 'done', after: { query } });
    return saved;
  });
}

async function remove(deps: Deps, name: string, actor: Actor): Promise<void> {
  await deps.unitOfWork.write(actor, async (tx) => {
    const { id } = await requireSavedSearch(tx, name);
    const watch = (await listWatches(tx)).find(({ searchId }) => searchId === id);
    if (watch !== undefined) {
      throw new KuraError('conflict', 'models.saved-search-watched', { params: { name, watch: watch.name } });
    }
    await removeSearchRow(tx, id);
    await tx.audit({ action: 'models.remove-search', subject: { kind: 'saved-search', id, name }, result: 'done' });
  });
}
