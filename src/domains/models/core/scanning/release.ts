/** What it takes to get a file out of quarantine, for those who show it. */
import type { PolicyAction } from '../../contract/index.ts';
import type { QuarantineItem } from '../../store/scan-store.ts';
import { type PolicyDeps, ruleByPolicy } from './rule-by-policy.ts';

/** One that was put away for its bytes, not for its verdict, is scanned when it is released. */
export function releaseBy(deps: PolicyDeps) {
  return ({ verdict, format, findings }: QuarantineItem): PolicyAction =>
    verdict === null ? 'pass' : ruleByPolicy(deps, { verdict, format, findings }).action;
}
