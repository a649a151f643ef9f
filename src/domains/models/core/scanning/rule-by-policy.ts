/** The policy of the house, as it is set at this moment. */
import { defaultScanPolicy, type Judged, type Ruling, ruleOn, type ScanPolicy } from './scan-policy.ts';

export interface PolicyDeps {
  /** Read for each file, so that a changed setting counts. Default: `defaultScanPolicy`. */
  readonly scanPolicy?: (() => ScanPolicy) | undefined;
}

export function ruleByPolicy(deps: PolicyDeps, judged: Judged): Ruling {
  return ruleOn(policyOf(deps), judged);
}

export function policyOf({ scanPolicy }: PolicyDeps): ScanPolicy {
  return scanPolicy?.() ?? defaultScanPolicy;
}
