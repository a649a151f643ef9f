/**
 * Reads a collection to its end. After each page its rows, counts and the place of the next page are one transaction: a
 * run that is broken off anywhere goes on with exactly the pages that are missing (M-033).
 */
import { nowInstant } from '#kernel/clock';
import { isKuraError, KuraError, toKuraError } from '#kernel/errors';
import { acquireLock } from '#platform/files';
import type { WriteTransaction } from '#platform/unit-of-work';

import type { CollectionStatus } from '../../contract/index.ts';
import { addCollectionRows, type CollectionRow } from '../../store/collection-row-store.ts';
import { type Collection, findCollection, updateCollection } from '../../store/collection-store.ts';
import type { StoredReason } from '../../store/reason-column.ts';
import { systemActor } from '../actor.ts';
import { recordCollectionRun } from '../history/record-run.ts';
import type { Candidate } from '../search/candidate.ts';
import type { SearchStep } from '../search/search-pages.ts';
import type { CollectingDeps } from './collecting-deps.ts';
import { collectionProgressed } from './collecting-events.ts';
import { reasonOfError } from './reason-of-error.ts';
import { addStages } from './stage-counts.ts';

type PageStep = Extract<SearchStep, { kind: 'page' }>;
type EndStep = Extract<SearchStep, { kind: 'ended' }>;

export interface RunCollectionOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (collection: Collection) => void;
}

/** Rows per statement: SQLite takes 32,766 parameters. */
const CHUNK = 2000;
/** Rows of one page stay below this, so that pages keep their order. */
const PLACES_PER_PAGE = 1_000_000;

/**
 * Ends `completed`, `paused` (an abort, or somebody asked), `partial` or `failed` with its reason.
 * @throws KuraError `models.collection-not-found`; conflict `files.locked`, `models.collection-taken-over` when another
 * process reads it.
 */
export async function runCollection(
  deps: CollectingDeps,
  id: string,
  { signal, onProgress = () => undefined }: RunCollectionOptions,
): Promise<Collection> {
  await using _lock = await acquireLock({
    folder: deps.folders.run,
    name: `collection-${id}`,
    command: deps.command,
    clock: deps.clock,
    waitMs: 0,
    signal,
  });
  const collection = await takeOver(deps, id);
  if (collection.status === 'completed') return collection;
  return await new CollectionRun(deps, collection, onProgress).read(signal);
}

/** @throws KuraError `models.collection-not-found`. */
export async function requireCollection(reads: Parameters<typeof findCollection>[0], id: string): Promise<Collection> {
  const collection = await findCollection(reads, id);
  if (collection === undefined) throw new KuraError('not-found', 'models.collection-not-found', { params: { id } });
  return collection;
}

async function takeOver(deps: CollectingDeps, id: string): Promise<Collection> {
  return deps.unitOfWork.write(systemActor, async (tx) => {
    const found = await requireCollection(tx, id);
    if (found.status === 'completed') return found;
    const taken = {
      ...found,
      status: 'running' as const,
      reason: null,
      run: found.run + 1,
      updatedAt: nowInstant(deps.clock),
    };
    await updateCollection(tx, taken);
    return taken;
  });
}

class CollectionRun {
  readonly #deps: CollectingDeps;
  readonly #before: Collection['stages'];
  readonly #startedAt: number;
  readonly #onProgress: (collection: Collection) => void;
  #collection: Collection;

  constructor(deps: CollectingDeps, collection: Collection, onProgress: (collection: Collection) => void) {
    this.#deps = deps;
    this.#collection = collection;
    this.#before = collection.stages;
    this.#startedAt = deps.clock.now();
    this.#onProgress = onProgress;
  }

  async read(signal: AbortSignal): Promise<Collection> {
    try {
      return await this.#readPages(signal);
    } catch (thrown) {
      if (signal.aborted) return this.#finish('paused', null);
      const error = toKuraError(thrown);
      if (isKuraError(thrown) && error.code === 'models.collection-taken-over') throw error;
      return this.#finish(this.#statusAfterError(), reasonOfError(error));
    }
  }

  async #readPages(signal: AbortSignal): Promise<Collection> {
    const { query, cursor } = this.#collection;
    // The last page is kept together with the end: between them there is no place to go on from.
    let last: PageStep | undefined;
    const { limit: _limit, ...asked } = query;
    const from = { ...asked, limit: 1000, ...(cursor === null ? {} : { cursor }) };
    for await (const step of this.#deps.walk(from, signal)) {
      if (step.kind === 'ended') return this.#end(step, last);
      if (step.cursor === undefined) last = step;
      else if (await this.#keep(step)) return this.#finish(this.#collection.status, null);
      signal.throwIfAborted();
    }
    throw new Error('A walk ends with its last step.');
  }

  #statusAfterError(): CollectionStatus {
    return this.#collection.pages === 0 ? 'failed' : 'partial';
  }

  async #end(step: EndStep, last: PageStep | undefined): Promise<Collection> {
    if (last !== undefined) await this.#write(async (tx) => this.#addPage(tx, last));
    switch (step.stopped) {
      case 'error':
        return this.#finish(this.#statusAfterError(), step.error === undefined ? null : reasonOfError(step.error));
      case 'repeated-cursor':
        return this.#finish('partial', { code: 'models.collection-repeated-cursor', params: {} });
      default:
        return this.#finish('completed', null);
    }
  }

  /** True when there is nothing more to do: enough, or somebody paused it. */
  async #keep(step: PageStep): Promise<boolean> {
    await this.#write(async (tx) => this.#addPage(tx, step));
    return this.#collection.status !== 'running';
  }

  async #addPage(tx: WriteTransaction, step: PageStep): Promise<Collection> {
    const held = await this.#requireHeld(tx);
    const wanted = Math.max(0, (held.query.limit ?? Number.POSITIVE_INFINITY) - held.models);
    const rows = rowsOf(step.found.slice(0, Math.min(wanted, step.found.length)));
    const count = { models: 0, versions: 0, newVersions: 0 };
    for (let start = 0; start < rows.length; start += CHUNK) {
      const place = held.pages * PLACES_PER_PAGE + start;
      const added = await addCollectionRows(tx, held, rows.slice(start, start + CHUNK), place);
      count.models += added.models;
      count.versions += added.versions;
      count.newVersions += added.newVersions;
    }
    const isEnough = step.found.length >= wanted;
    return {
      ...held,
      status: isEnough ? 'completed' : held.status,
      cursor: step.cursor ?? held.cursor,
      pages: held.pages + 1,
      models: held.models + count.models,
      versions: held.versions + count.versions,
      newVersions: held.newVersions + count.newVersions,
      stages: addStages(this.#before, step.progress.stages),
    };
  }

  /** As it stands now: somebody may have paused it. @throws KuraError `models.collection-taken-over`. */
  async #requireHeld(tx: WriteTransaction): Promise<Collection> {
    const held = await requireCollection(tx, this.#collection.id);
    if (held.run !== this.#collection.run) throw new KuraError('conflict', 'models.collection-taken-over');
    return held;
  }

  async #write(change: (tx: WriteTransaction) => Promise<Collection>): Promise<void> {
    this.#collection = await this.#deps.unitOfWork.write(systemActor, async (tx) => {
      const changed = { ...(await change(tx)), updatedAt: nowInstant(this.#deps.clock) };
      await updateCollection(tx, changed);
      publishProgress(tx, changed);
      return changed;
    });
    this.#onProgress(this.#collection);
  }

  async #finish(status: CollectionStatus, reason: StoredReason | null): Promise<Collection> {
    await this.#write(async (tx) => ({
      ...(await this.#requireHeld(tx)),
      status,
      reason,
      finishedAt: status === 'completed' ? nowInstant(this.#deps.clock) : null,
    }));
    await recordCollectionRun(this.#deps, this.#collection, this.#startedAt);
    return this.#collection;
  }
}

export function publishProgress(tx: WriteTransaction, collection: Collection): void {
  const { id, purpose, owner, status, pages, models, versions } = collection;
  tx.publish(collectionProgressed, { collectionId: id, purpose, owner, status, pages, models, versions });
}

function rowsOf(found: readonly Candidate[]): readonly CollectionRow[] {
  const rows = found.flatMap(({ model, versions }) =>
    versions.map((version) => ({
      modelId: Number(model.modelId),
      versionId: Number(version.versionId),
      publishedAt: version.publishedAt,
    })),
  );
  return [...new Map(rows.map((row) => [row.versionId, row])).values()];
}
