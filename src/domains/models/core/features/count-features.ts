/** A source of models that counts which features of the site its questions used, and how they fared (M-060). */
import { type Feature, featuresOf, findFeature } from '#engines/civitai';
import { isKuraError } from '#kernel/errors';

import type { ModelSource } from '../../ports.ts';
import type { FeatureUse } from './feature-use.ts';

/** Trouble of the network or of the server says nothing about a feature; a question that is not understood does. */
const failures: ReadonlySet<string> = new Set(['civitai.request-refused', 'civitai.answer-unreadable']);

export function countFeatures(source: ModelSource, use: Pick<FeatureUse, 'count'>): ModelSource {
  async function counted<Answer>(id: string, ask: () => Promise<Answer>): Promise<Answer> {
    const used = known(id);
    try {
      const answer = await ask();
      use.count(used, null);
      return answer;
    } catch (error) {
      if (isKuraError(error) && failures.has(error.code)) use.count(used, error.code);
      throw error;
    }
  }

  return {
    ...source,
    modelPages: async function* (query, signal, options) {
      const used = [...known('models.list'), ...featuresOf(query)];
      let isFirst = true;
      for await (const step of source.modelPages(query, signal, options)) {
        if (isFirst && step.kind === 'page') use.count(used, null);
        if (isFirst && step.kind === 'error' && failures.has(step.error.code)) {
          use.count(suspects(used, String(step.error.params?.['detail'] ?? '')), step.error.code);
        }
        isFirst = false;
        yield step;
      }
    },
    model: async (...asked) => counted('models.detail', async () => source.model(...asked)),
    version: async (...asked) => counted('versions.detail', async () => source.version(...asked)),
    versionByHash: async (...asked) => counted('by-hash.one', async () => source.versionByHash(...asked)),
    enums: async (...asked) => counted('enums.list', async () => source.enums(...asked)),
  };
}

/** The refused one, when the answer names it; else all that the site never promised. */
function suspects(used: readonly Feature[], detail: string): readonly Feature[] {
  const named = used.filter(({ field }) => field !== null && new RegExp(`\\b${field}\\b`).test(detail));
  return named.length > 0 ? named : used.filter(({ level }) => level !== 'official');
}

function known(id: string): readonly Feature[] {
  const feature = findFeature(id);
  return feature === undefined ? [] : [feature];
}
