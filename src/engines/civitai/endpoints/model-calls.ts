import { isKuraError } from '#kernel/errors';

import type { ApiCaller } from '../calls/api-caller.ts';
import type { CivitaiClient } from '../civitai-client.ts';
import type { ModelId } from '../ids.ts';
import { buildModelQuery, type ModelQuery, needsAccount } from '../queries/model-query.ts';
import { readMiniVersion } from '../shapes/mini-version.ts';
import { type Model, readModel } from '../shapes/model.ts';
import { readVersion } from '../shapes/model-version.ts';
import { type Page, readOne, readPage } from '../shapes/page.ts';
import { walkPages } from '../walk-pages.ts';
import { inBlocks } from './in-blocks.ts';
import type { PageSizes } from './page-sizes.ts';
import { tokenNeeded } from './token-needed.ts';

/** The largest page of models, and so the most ids one question may have. */
const IDS_PER_REQUEST = 100;

interface ModelCallsDeps {
  readonly caller: ApiCaller;
  readonly signedIn: boolean;
  readonly pageSizes: PageSizes;
}

export function modelCalls({ caller, signedIn, pageSizes }: ModelCallsDeps) {
  async function searchModels(query: ModelQuery, signal: AbortSignal, isAgain = false): Promise<Page<Model>> {
    // Without a session these answer 401; dropping them would answer another question.
    if (needsAccount(query) && !signedIn) throw tokenNeeded('/models');
    return pageSizes.fit('/models', query.limit, async (limit) => {
      const sent = buildModelQuery(limit === undefined ? query : { ...query, limit });
      const options = isAgain ? { options: { refresh: true } } : {};
      const answer = await caller.call({ path: '/models', parameters: sent.sentParameters, signal, ...options });
      return { ...readPage(answer, '/models', readModel), ...sent };
    });
  }

  return {
    searchModels: async (query, signal) => searchModels(query, signal),
    modelPages: (query, signal) =>
      walkPages<Model>({
        fetchPage: async (cursor, isAgain) =>
          searchModels(cursor === null ? query : { ...query, cursor }, signal, isAgain),
        identify: (model) => model.modelId,
        cursor: query.cursor ?? null,
      }),
    modelsByIds: async (ids: readonly ModelId[], signal) =>
      inBlocks([...new Set(ids)], IDS_PER_REQUEST, async (block) =>
        // Without `nsfw` everything above PG would be missing, which reads like "removed".
        searchModels({ ids: block, nsfw: true, limit: IDS_PER_REQUEST }, signal),
      ),
    model: async (id, signal) => {
      const path = `/models/${id}`;
      return readOne(await caller.call({ path, signal }), path, readModel);
    },
    version: async (id, signal) => {
      const path = `/model-versions/${id}`;
      return readOne(await caller.call({ path, signal }), path, (raw) => readVersion(raw));
    },
    mini: async (id, file, signal) => {
      const path = `/model-versions/mini/${id}`;
      const parameters = file === null ? [] : [{ name: 'modelFileId', value: String(file) }];
      return readOne(await caller.call({ path, parameters, signal }), path, readMiniVersion);
    },
    tensorMetadata: async (id, signal) => {
      const path = `/model-files/${id}/tensor-metadata`;
      const parameters = [{ name: 'summaryOnly', value: 'true' }];
      return readOne(await caller.call({ path, parameters, signal }), path, (item) => ({ item }));
    },
    versionByHash: async (digest, signal) => {
      const path = `/model-versions/by-hash/${encodeURIComponent(digest)}`;
      try {
        return readOne(await caller.call({ path, signal }), path, (raw) => readVersion(raw));
      } catch (error) {
        if (isKuraError(error) && error.code === 'civitai.not-found') return null;
        throw error;
      }
    },
  } satisfies Partial<CivitaiClient>;
}
