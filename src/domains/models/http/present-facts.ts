/** What a file is, with the reasons in the reader's language. */
import type { Judgement } from '#engines/modelscan';
import type { Translator } from '#platform/i18n';

import type { ModelFactsView } from '../contract/index.ts';
import type { KnownFacts } from '../core/facts/known-facts.ts';
import { presentReason } from './present-records.ts';

export function presentFacts({ facts, contradictions }: KnownFacts, text: Translator): ModelFactsView {
  return {
    ...facts,
    kind: presentJudgement(facts.kind, text),
    base: presentJudgement(facts.base, text),
    contradictions: contradictions.map((reason) => presentReason(reason, text)),
  };
}

function presentJudgement(judgement: Judgement | null, text: Translator) {
  if (judgement === null) return null;
  return { ...judgement, reasons: judgement.reasons.map((reason) => presentReason(reason, text)) };
}
