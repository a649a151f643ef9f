/** The 3-2-1-1-0 rule: three copies, two kinds of media, one off site, one offline or immutable, zero errors. */
import type { Catalogues } from '#kernel/messages';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export { evaluate, type RuleInput } from './evaluate.ts';
export { defaultPolicy, type RulePolicy } from './policy.ts';
export type { CarrierState, ProtectedJob, RecoveryGoals, RegisteredCopy } from './register.ts';
export { scoreOf } from './score.ts';
export { type RuleSummary, summarise } from './summarise.ts';
export {
  type DigitName,
  type DigitState,
  type DigitVerdict,
  digitNames,
  type Finding,
  type FindingCode,
  type Verdict,
  type VerdictStatus,
  type Warning,
} from './verdict.ts';

/** Texts of all findings, reasons and remedies alike. */
export const rule32110Messages: Catalogues = { en, ja };
