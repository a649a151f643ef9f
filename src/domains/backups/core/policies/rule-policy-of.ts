/** Which policy a job follows, and what it means to the rule. */
import type { RulePolicy } from '#engines/rule32110';
import { DAY } from '#kernel/units';
import { withoutUndefined } from '#kernel/without-undefined';

import { housePolicyKey, type PolicyView } from '../../contract/index.ts';
import type { Job } from '../register/protected-job.ts';

/** The one it names, else the one of its class of data, else that of the house; null: nobody changed the rule. */
export function policyFor(
  { policy, dataClass }: Pick<Job, 'policy' | 'dataClass'>,
  policies: readonly PolicyView[],
): PolicyView | null {
  const named = policy === null ? undefined : policies.find(({ key }) => key === policy);
  const ofClass = dataClass === null ? undefined : policies.find((one) => one.dataClass === dataClass);
  return named ?? ofClass ?? policies.find(({ key }) => key === housePolicyKey) ?? null;
}

/** @param usual The numbers of the rule where nobody changed them. */
export function rulePolicyOf(policy: PolicyView | null, usual: RulePolicy): RulePolicy {
  if (policy === null) return usual;
  const { rotationGraceDays, retentionDays, verifyEveryDays: _ofJob, ...others } = policy.rules;
  const { keptPercent: _kept, maxAgeHours: _age, maxRunMinutes: _run, ...rules } = others;
  return {
    ...usual,
    ...rules,
    mediaFamilies: { ...usual.mediaFamilies, ...withoutUndefined(rules.mediaFamilies) },
    rotationGraceMs: rotationGraceDays * DAY,
    keepMs: retentionDays === null ? null : retentionDays * DAY,
  };
}
