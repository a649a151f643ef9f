import { BriefError } from './brief-error.ts';
import type { FindingDetails } from './finding-details.ts';
import type { RuleId } from './rules.ts';

/** Thrown by a parser that cannot go on; becomes a finding of its rule, and what was found before it is kept. */
export class ScanStop extends BriefError {
  override readonly name = 'ScanStop';
  readonly rule: RuleId;
  readonly details: FindingDetails;

  constructor(rule: RuleId, details: FindingDetails = {}) {
    super(`${rule}: ${details.evidence ?? ''}`);
    this.rule = rule;
    this.details = details;
  }
}
