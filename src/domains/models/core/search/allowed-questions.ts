/** What of a search's questions may be asked today: features of the site that are switched off are left out (M-056, M-059). */
import { type Feature, type FeatureLevel, featuresOf, levelOf } from '#engines/civitai';
import { KuraError } from '#kernel/errors';

import type { SiteQuestion } from './site-questions.ts';

/** Its values are taken for a hint only: Kura sorts in any case. */
const CUSTOM_SORT = 'models.custom-sort';

/**
 * Parameters of these questions that must not be sent; what they mean is applied here.
 * @throws KuraError `models.feature-off` where only the site could answer.
 */
export function leftOutOf(questions: readonly SiteQuestion[], switchedOff: readonly Feature[]): readonly string[] {
  const used = new Set(questions.flatMap(({ query }) => featuresOf(query).map(({ id }) => id)));
  return switchedOff
    .filter(({ id }) => used.has(id))
    .flatMap(({ id, call, field, fallback }) => {
      if (fallback.length === 0) throw new KuraError('invalid', 'models.feature-off', { params: { id, call } });
      return field === null ? [] : [field];
    });
}

export function mayHintOrder(switchedOff: readonly Feature[] | undefined): boolean {
  return switchedOff !== undefined && switchedOff.every(({ id }) => id !== CUSTOM_SORT);
}

/** The riskiest level of features that the questions use; what an answer is labelled with. */
export function levelOfQuestions(questions: readonly SiteQuestion[]): FeatureLevel {
  return levelOf(questions.flatMap(({ query }) => featuresOf(query)));
}
