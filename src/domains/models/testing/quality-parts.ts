/** The quality of a model, for tests that hold orders against it. */
import type { Model } from '#engines/civitai';

import { type QualityOptions, scoreQuality as scoreFacts } from '../core/search/quality-score.ts';
import { qualityFactsOf } from '../core/search/search-order.ts';

export function scoreQuality(model: Model, options: QualityOptions) {
  return scoreFacts(qualityFactsOf(model), options);
}
