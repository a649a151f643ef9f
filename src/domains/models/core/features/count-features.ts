/** A source of models that counts which features of the site its questions used, and how they fared (M-060). */
import { type Feature, featuresOf, findFeature, type ImageQuery, type WalkStep } from '#engines/civitai';
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

  /** The first page decides: the later ones ask the same. */
  async function* countedPages<Item>(used: readonly Feature[], steps: AsyncIterable<WalkStep<Item>>) {
    let isFirst = true;
    for await (const step of steps) {
      if (isFirst && step.kind === 'page') use.count(used, null);
      if (isFirst && step.kind === 'error' && failures.has(step.error.code)) {
        use.count(suspects(used, String(step.error.params?.['detail'] ?? '')), step.error.code);
      }
      isFirst = false;
      yield step;
    }
  }

  return {
    ...source,
    modelPages: (query, signal, options) =>
      countedPages([...known('models.list'), ...featuresOf(query)], source.modelPages(query, signal, options)),
    model: async (...asked) => counted('models.detail', async () => source.model(...asked)),
    version: async (...asked) => counted('versions.detail', async () => source.version(...asked)),
    versionByHash: async (...asked) => counted('by-hash.one', async () => source.versionByHash(...asked)),
    enums: async (...asked) => counted('enums.list', async () => source.enums(...asked)),
    imagePages: (query, signal, options) =>
      countedPages(imageFeaturesOf(query), source.imagePages(query, signal, options)),
  };
}

/** The refused one, when the answer names it; else all that the site never promised. */
function suspects(used: readonly Feature[], detail: string): readonly Feature[] {
  const named = used.filter(({ field }) => field !== null && new RegExp(`\\b${field}\\b`).test(detail));
  return named.length > 0 ? named : used.filter(({ level }) => level !== 'official');
}

function imageFeaturesOf({ versionId, browsingLevel, withMeta }: ImageQuery): readonly Feature[] {
  return [
    ...known('images.list'),
    ...(versionId === undefined ? [] : known('images.model-version')),
    ...(browsingLevel === undefined ? [] : known('images.browsing-level')),
    ...(withMeta === true ? known('images.with-meta') : []),
  ];
}

function known(id: string): readonly Feature[] {
  const feature = findFeature(id);
  return feature === undefined ? [] : [feature];
}
