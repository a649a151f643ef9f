/** One model with all its versions: asked of the site, or, when it has none or cannot be reached, what was seen last. */
import { type Model, type ModelVersion, modelId, type SeenAnswer } from '#engines/civitai';
import type { Instant } from '#kernel/brands';
import { type Clock, nowInstant } from '#kernel/clock';
import { isKuraError } from '#kernel/errors';
import { SECOND } from '#kernel/units';
import type { Database } from '#platform/db';

import type { ModelDetail } from '../../contract/index.ts';
import type { ModelSource } from '../../ports.ts';
import { readStatsHistory } from '../../store/catalogue-history-store.ts';
import { type KnownModel, readCatalogueModel } from '../../store/catalogue-reader.ts';
import { libraryFilesOfModel } from '../../store/library-store.ts';
import { presentDetail } from './present-detail.ts';

export interface ReadModelDeps {
  readonly source: Pick<ModelSource, 'siteUrl' | 'model'>;
  readonly database: Database;
  readonly clock: Clock;
  readonly remember: (models: readonly Model[]) => Promise<void>;
  /** Notes that the site has the model no longer. */
  readonly markRemoved: (modelId: number) => Promise<void>;
  /** Milliseconds the site may take when the catalogue has an answer; default five seconds. */
  readonly patienceMs?: number;
}

export interface ReadModelOptions {
  /**
   * Asks the site even when it answered the same question a short while ago, and with all patience. Default false: what is
   * in the catalogue is shown when the site does not answer at once.
   */
  readonly refresh?: boolean;
}

/** A quarter is enough to see how a week compares. */
const HISTORY_DAYS = 90;

/** So long the site may take when the catalogue has an answer; then that one is shown. */
const PATIENCE_MS = 5 * SECOND;

/** @throws KuraError what the site says, when the catalogue does not know the model either. */
export async function readModelDetail(
  deps: ReadModelDeps,
  id: number,
  signal: AbortSignal,
  { refresh = false }: ReadModelOptions = {},
): Promise<ModelDetail> {
  const isKnown = (await readCatalogueModel(deps.database, id)) !== undefined;
  const limit = isKnown && !refresh ? AbortSignal.timeout(deps.patienceMs ?? PATIENCE_MS) : undefined;
  try {
    let at = nowInstant(deps.clock);
    function onSeen(seen: SeenAnswer): void {
      at = seen.at;
    }
    const asking = limit === undefined ? signal : AbortSignal.any([signal, limit]);
    const haste = limit === undefined ? {} : { tries: 1 };
    const model = await deps.source.model(modelId(id), asking, { refresh, onSeen, ...haste });
    await deps.remember([model]);
    return await present(deps, await readCatalogueModel(deps.database, id), { model, at });
  } catch (error) {
    signal.throwIfAborted();
    const isTooSlow = limit?.aborted === true;
    const isAway = isKuraError(error) && ['not-found', 'unavailable', 'limit'].includes(error.kind);
    if (!isAway && !isTooSlow) throw error;
    if (isKuraError(error) && error.kind === 'not-found') await deps.markRemoved(id);
    const known = await readCatalogueModel(deps.database, id);
    if (known === undefined) throw error;
    return present(deps, known, undefined);
  }
}

interface Sent {
  readonly model: Model;
  /** When the site answered. */
  readonly at: Instant;
}

/** @param sent what the site answered; undefined = it did not */
async function present(
  deps: ReadModelDeps,
  known: KnownModel | undefined,
  sent: Sent | undefined,
): Promise<ModelDetail> {
  const model = sent?.model ?? known?.model;
  if (model === undefined) throw new TypeError('neither the site nor the catalogue has the model');
  const installed = await libraryFilesOfModel(deps.database, model.modelId);
  const now = nowInstant(deps.clock);
  return presentDetail(model, {
    siteUrl: deps.source.siteUrl,
    now: deps.clock.now(),
    source: sent === undefined ? 'catalogue' : 'site',
    firstSeenAt: known?.firstSeenAt ?? now,
    seenAt: sent?.at ?? known?.seenAt ?? now,
    isRemoved: sent === undefined && (known?.removedAt ?? null) !== null,
    vanished: sent === undefined ? [] : vanishedFrom(model, known?.model),
    history: await readStatsHistory(deps.database, 'model', model.modelId, HISTORY_DAYS),
    libraryIdOf: (versionId, fileId) =>
      installed.find((file) => file.versionId === versionId && file.fileId === fileId)?.id ?? null,
  });
}

/** What the catalogue knows of a model and its detail does not show: the detail shows all that the site has. */
function vanishedFrom({ versions }: Model, known: Model | undefined): readonly ModelVersion[] {
  const listed = new Set(versions.map(({ versionId }) => versionId));
  return known?.versions.filter(({ versionId }) => !listed.has(versionId)) ?? [];
}
