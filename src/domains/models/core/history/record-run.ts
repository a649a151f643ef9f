/** Each search and each reading of a collection leaves a line: what was asked, what came of it, how long it took. */
import { createHash } from 'node:crypto';

import { instant } from '#kernel/brands';
import { toKuraError } from '#kernel/errors';

import type { RunKind, SearchQuery } from '../../contract/index.ts';
import { collectedIds } from '../../store/collection-row-store.ts';
import type { Collection } from '../../store/collection-store.ts';
import { insertSearchRun, type SearchRun } from '../../store/history-store.ts';
import { systemActor } from '../actor.ts';
import type { CollectingDeps } from '../collecting/collecting-deps.ts';
import { reasonOfError } from '../collecting/reason-of-error.ts';
import type { SearchOutcome } from '../search/search-models.ts';

type Deps = Pick<CollectingDeps, 'database' | 'unitOfWork' | 'clock' | 'ids'>;

/** Only what the line needs, so that an answer from the catalogue fits, too. */
type RecordedOutcome = Pick<SearchOutcome, 'stages' | 'stopped' | 'error'> & {
  readonly found: readonly {
    readonly model: { readonly modelId: number };
    readonly versions: readonly { readonly versionId: number }[];
  }[];
};

/** Runs a search and leaves its line, also when it fails; a page of a search that goes on is the same search. */
export async function recordSearch<Outcome extends RecordedOutcome>(
  deps: Deps,
  query: SearchQuery,
  search: () => Promise<Outcome>,
): Promise<Outcome> {
  const start = deps.clock.now();
  try {
    const outcome = await search();
    const { stages, stopped, error, found } = outcome;
    const reason = error === undefined ? null : reasonOfError(error);
    if (query.cursor === undefined) {
      await save(deps, 'search', start, {
        query,
        found: found.length,
        stages,
        stopped,
        reason,
        resultHash: hashOf(found),
      });
    }
    return outcome;
  } catch (thrown) {
    const error = toKuraError(thrown);
    if (error.kind !== 'invalid' && error.kind !== 'interrupted') {
      const reason = reasonOfError(error);
      const nothing = { found: 0, stages: [], resultHash: hashOf([]) };
      await save(deps, 'search', start, { query, stopped: 'failed', reason, ...nothing });
    }
    throw thrown;
  }
}

/** The line of a collection that was read from `start` until now. */
export async function recordCollectionRun(deps: Deps, collection: Collection, start: number): Promise<void> {
  const { purpose, query, models, stages, status, reason } = collection;
  const hash = createHash('sha256');
  for await (const [modelId, versionId] of collectedIds(deps.database, collection.id)) {
    hash.update(`${modelId}@${versionId}\n`);
  }
  const resultHash = hash.digest('hex');
  await save(deps, purpose, start, { query, found: models, stages, stopped: status, reason, resultHash });
}

type Recorded = Pick<SearchRun, 'found' | 'stages' | 'stopped' | 'reason' | 'resultHash'> & {
  readonly query: Collection['query'] & Pick<SearchQuery, 'cursor' | 'refresh'>;
};

async function save(deps: Deps, kind: RunKind, start: number, { query, ...recorded }: Recorded): Promise<void> {
  const { cursor: _cursor, refresh: _refresh, ...asked } = query;
  const run = {
    id: deps.ids.next(),
    kind,
    query: asked,
    ...recorded,
    startedAt: instant(new Date(start)),
    ms: Math.round(deps.clock.now() - start),
  };
  await deps.unitOfWork.write(systemActor, async (tx) => insertSearchRun(tx, run));
}

function hashOf(found: RecordedOutcome['found']): string {
  const pairs = found.flatMap(({ model, versions }) =>
    versions.map(({ versionId }) => [model.modelId, versionId] as const),
  );
  const hash = createHash('sha256');
  for (const [modelId, versionId] of pairs.toSorted(([, a], [, b]) => a - b)) hash.update(`${modelId}@${versionId}\n`);
  return hash.digest('hex');
}
