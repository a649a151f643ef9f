/** A thing the API can be asked for, and how far it can be relied on (models.md M-055…M-057). */
import type { ModelQuery } from '../queries/model-query.ts';
import type { Model } from '../shapes/model.ts';

/**
 * - `official`: in the site's own documentation;
 * - `extended`: in its source or in recorded answers, but not promised;
 * - `experimental`: seen by others, or without an effect that anybody showed.
 */
export const featureLevels = ['official', 'extended', 'experimental'] as const;
export type FeatureLevel = (typeof featureLevels)[number];

/** What trouble its failure makes: low = none that shows, medium = results to be filtered here, high = wrong results. */
export const featureRisks = ['low', 'medium', 'high'] as const;
export type FeatureRisk = (typeof featureRisks)[number];

export interface Feature {
  /** `models.tag`, `by-hash.ids`. */
  readonly id: string;
  /** How it is called: `GET /models?tag=`. */
  readonly call: string;
  readonly level: FeatureLevel;
  readonly risk: FeatureRisk;
  /** What our knowledge rests on (section of the contract note) and when it was last true. */
  readonly evidence: { readonly source: string; readonly date: string };
  /** Field of a `ModelQuery` that uses it; null = not a parameter of the model list. */
  readonly field: keyof ModelQuery | null;
  /**
   * What takes its place, best first: ids of other features, `local` (Kura does the same on what it has), `single` (one
   * request each). Empty = nothing can, and what needs it is refused.
   */
  readonly fallback: readonly string[];
  readonly probe: FeatureProbe | null;
}

/** Two questions that differ in the feature alone; the answers tell whether it does anything. */
export interface FeatureProbe {
  readonly control: ModelQuery;
  readonly changed: ModelQuery;
  /** What each model must satisfy when the feature works; null = the answers need only differ. */
  readonly holds: ((model: Model) => boolean) | null;
}

export type ProbeOutcome = 'works' | 'no-effect' | 'refused' | 'unclear';

/**
 * `works` needs a difference: when the control already satisfies everything, nothing was shown. A single model that
 * breaks the promise is enough for `no-effect`: whoever relied on it would show it.
 */
export function judgeProbe(
  { holds }: FeatureProbe,
  control: readonly Model[],
  changed: readonly Model[],
): Exclude<ProbeOutcome, 'refused'> {
  if (control.length === 0 || changed.length === 0) return 'unclear';
  const isSame = idsOf(control) === idsOf(changed);
  if (holds === null) return isSame ? 'no-effect' : 'works';
  if (!changed.every((model) => holds(model))) return 'no-effect';
  return control.every((model) => holds(model)) ? 'unclear' : 'works';
}

function idsOf(models: readonly Model[]): string {
  return models.map(({ modelId }) => modelId).join();
}
