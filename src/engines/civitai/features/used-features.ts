/** Which features a question uses. */
import type { ModelQuery } from '../queries/model-query.ts';
import { type Feature, type FeatureLevel, featureLevels } from './feature.ts';
import { features, findFeature } from './feature-registry.ts';

/** Names of parameters without a field of their own, and the features they are. */
const unnamedFeatures: Readonly<Record<string, string>> = { sortBy: 'models.custom-sort' };

export function featuresOf(query: ModelQuery): readonly Feature[] {
  const named = features.filter(({ field }) => field !== null && isSet(query[field]));
  const unnamed = (query.unnamed ?? []).flatMap(({ name }) => findFeature(unnamedFeatures[name] ?? '') ?? []);
  return [...named, ...unnamed];
}

/** The riskiest level among the features used; what an answer is labelled with. */
export function levelOf(used: readonly Feature[]): FeatureLevel {
  return featureLevels.findLast((level) => used.some((feature) => feature.level === level)) ?? 'official';
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);
}
