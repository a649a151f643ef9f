/** Decisions as the contract shows them, with why in the caller's language. */
import type { Translator } from '#platform/i18n';

import type { DecisionView, KeptDecision } from '../contract/index.ts';

export function presentDecision(decision: KeptDecision, text: Translator): DecisionView {
  const key = `models.steering.${decision.what}.${decision.reason}`;
  return { ...decision, message: text.has(key) ? text.text(key) : decision.reason };
}
