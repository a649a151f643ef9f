/** Newer versions of what the library holds, asked a hundred models at a time (civitai-api.md §3). */
import { type Model, modelId } from '#engines/civitai';
import type { Clock } from '#kernel/clock';
import { isKuraError, type KuraError } from '#kernel/errors';
import type { Database } from '#platform/db';

import type { ModelUpdates } from '../../contract/index.ts';
import type { ModelSource } from '../../ports.ts';
import { type LibraryFile, libraryFilesOfModels, libraryModelIds } from '../../store/library-store.ts';
import { newerVersions, upstreamStateOf } from './compare-versions.ts';

export interface FindUpdatesDeps {
  readonly source: ModelSource;
  readonly database: Database;
  readonly clock: Clock;
  /** Keeps what was seen in the local catalogue. */
  readonly remember: (models: readonly Model[]) => Promise<void>;
}

export interface UpdatesPage {
  readonly items: readonly FoundUpdates[];
  /** Model after which to go on. */
  readonly nextCursor: number | undefined;
}

export interface FoundUpdates extends Omit<ModelUpdates, 'reason'> {
  /** Why the site could not be asked, with the state `unknown`. */
  readonly error: KuraError | undefined;
}

/** What is newer is only known to answers of now. */
const asItIsNow = { refresh: true };

/** The largest page the site answers. */
const BLOCK = 100;

/** One entry per model of the library, in order of their ids, after the model `cursor`. */
export async function findUpdates(
  deps: FindUpdatesDeps,
  { limit, cursor = 0 }: { readonly limit: number; readonly cursor?: number | undefined },
  signal: AbortSignal,
): Promise<UpdatesPage> {
  const ids = await libraryModelIds(deps.database, { after: cursor, limit: limit + 1 });
  const asked = ids.slice(0, limit);
  const items: FoundUpdates[] = [];
  for (let start = 0; start < asked.length; start += BLOCK) {
    items.push(...(await updatesOfBlock(deps, asked.slice(start, start + BLOCK), signal)));
  }
  return { items, nextCursor: ids.length > limit ? asked.at(-1) : undefined };
}

async function updatesOfBlock(
  deps: FindUpdatesDeps,
  ids: readonly number[],
  signal: AbortSignal,
): Promise<readonly FoundUpdates[]> {
  const files = Map.groupBy(await libraryFilesOfModels(deps.database, ids), ({ modelId: id }) => id ?? 0);
  const { models, error } = await listed(deps, ids, signal);
  const found: FoundUpdates[] = [];
  for (const id of ids) {
    const installed = files.get(id) ?? [];
    const model = models.get(id) ?? (error === undefined ? await alone(deps, id, signal) : error);
    found.push(describe(id, installed, model, deps.clock.now()));
  }
  return found;
}

/** What the list answers; a model it leaves out is not gone for that (civitai-api.md §3). */
async function listed({ source, remember }: FindUpdatesDeps, ids: readonly number[], signal: AbortSignal) {
  const models = new Map<number, Model>();
  const query = { ids: ids.map((id) => modelId(id)), nsfw: true, limit: BLOCK };
  for await (const step of source.modelPages(query, signal, asItIsNow)) {
    if (step.kind === 'error') {
      signal.throwIfAborted();
      return { models, error: step.error };
    }
    if (step.kind !== 'page') break;
    await remember(step.page.items);
    for (const model of step.page.items) models.set(model.modelId, model);
  }
  return { models, error: undefined };
}

/** The model, null when the site says that there is none, or why it could not be asked. */
async function alone(deps: FindUpdatesDeps, id: number, signal: AbortSignal): Promise<Model | KuraError | null> {
  try {
    const model = await deps.source.model(modelId(id), signal, asItIsNow);
    await deps.remember([model]);
    return model;
  } catch (error) {
    signal.throwIfAborted();
    if (!isKuraError(error)) throw error;
    return error.kind === 'not-found' ? null : error;
  }
}

function describe(
  id: number,
  installed: readonly LibraryFile[],
  answer: Model | KuraError | null,
  now: number,
): FoundUpdates {
  const known = {
    modelId: id,
    name: installed[0]?.modelName ?? '',
    installed: installed.flatMap(({ id: libraryId, versionId, name, baseModel }) =>
      versionId === null ? [] : [{ versionId, libraryId, file: name, baseModel }],
    ),
    newer: [],
    error: undefined,
  };
  if (answer === null) return { ...known, state: 'removed' };
  if (isKuraError(answer)) return { ...known, state: 'unknown', error: answer };
  const newer = newerVersions(answer, installed, now);
  return { ...known, name: answer.name, newer, state: upstreamStateOf(answer, newer) };
}
