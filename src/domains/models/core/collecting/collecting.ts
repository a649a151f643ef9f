/** Collections as the edges see them. */
import type { Actor } from '#platform/unit-of-work';

import type { CollectionStatus, StartCollection } from '../../contract/index.ts';
import { type CollectedItem, type ItemFilter, listCollectedItems } from '../../store/collection-row-store.ts';
import { type Collection, type CollectionFilter, listCollections } from '../../store/collection-store.ts';
import { pauseCollection, resumeCollection } from './change-collection.ts';
import type { CollectingDeps } from './collecting-deps.ts';
import { type RunCollectionOptions, requireCollection, runCollection } from './run-collection.ts';
import { type StartedCollection, startCollection } from './start-collection.ts';

export type { Collection, CollectionStatus };

/** Errors are those of the functions behind. */
export interface Collecting {
  /** With `asJob` the server reads it, else the caller does with `run`. */
  readonly start: (request: StartCollection, asJob: boolean, actor: Actor) => Promise<StartedCollection>;
  readonly run: (id: string, options: RunCollectionOptions) => Promise<Collection>;
  readonly list: (
    filter: CollectionFilter,
  ) => Promise<{ readonly items: readonly Collection[]; readonly nextCursor: string | undefined }>;
  readonly read: (id: string) => Promise<Collection>;
  readonly items: (id: string, filter: ItemFilter) => Promise<readonly CollectedItem[]>;
  readonly pause: (id: string, actor: Actor) => Promise<Collection>;
  readonly resume: (id: string, actor: Actor) => Promise<Collection>;
}

export function createCollecting(deps: CollectingDeps): Collecting {
  return {
    start: async (request, asJob, actor) =>
      startCollection(deps, { ...request, purpose: 'collect', owner: '', asJob }, actor),
    run: async (id, options) => runCollection(deps, id, options),
    list: async (filter) => listCollections(deps.database, filter),
    read: async (id) => requireCollection(deps.database, id),
    items: async (id, filter) => {
      await requireCollection(deps.database, id);
      return listCollectedItems(deps.database, id, filter);
    },
    pause: async (id, actor) => pauseCollection(deps, id, actor),
    resume: async (id, actor) => resumeCollection(deps, id, actor),
  };
}
