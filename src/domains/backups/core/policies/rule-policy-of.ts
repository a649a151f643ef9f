/** Which policy a job follows, and what it means to the rule. */
import type { RulePolicy } from '#engines/rule32110';
import { DAY } from '#kernel/units';

import type { PolicyView } from '../../contract/index.ts';
import type { Job } from '../register/protected-job.ts';

/** The one it names, else the one of its class of data; null leaves the numbers of the house. */
export function policyFor(
  { policy, dataClass }: Pick<Job, 'policy' | 'dataClass'>,
  policies: readonly PolicyView[],
): PolicyView | null {
  const named = policy === null ? undefined : policies.find(({ key }) => key === policy);
  const ofClass = dataClass === null ? undefined : policies.find((one) => one.dataClass === dataClass);
  return named ?? ofClass ?? null;
}

export function rulePolicyOf(policy: PolicyView | null, house: RulePolicy): RulePolicy {
  if (policy === null) return house;
  const { rotationGraceDays, retentionDays, verifyEveryDays: _ofJob, ...rules } = policy.rules;
  return {
    ...house,
    ...rules,
    rotationGraceMs: rotationGraceDays * DAY,
    keepMs: retentionDays === null ? null : retentionDays * DAY,
  };
}
