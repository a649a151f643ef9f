/** What a job's backups are held against: by its policy, and where that says nothing by how critical the job is. */
import type { Criticality, PolicyRules } from '../../contract/index.ts';

export interface Targets {
  /** How many of the backups that are due must come, in percent. */
  readonly keptPercent: number;
  /** Hours that a good backup may be old. */
  readonly maxAgeHours: number;
  /** Seconds that nineteen of twenty runs may take; null for no demand. */
  readonly maxRunSeconds: number | null;
}

const usualPercents: Readonly<Record<Criticality, number>> = { critical: 99.9, high: 99, normal: 95, low: 90 };
/** A good backup may be older than its interval by half of it: 36 hours for a daily one. */
const ageAllowance = 1.5;

interface TargetedJob {
  readonly criticality: Criticality;
  /** Of the policy it follows; undefined where it follows none. */
  readonly rules: Pick<PolicyRules, 'keptPercent' | 'maxAgeHours' | 'maxRunMinutes'> | undefined;
  /** The longest pause of its own rhythm. */
  readonly pauseHours: number;
}

export function targetsOf({ criticality, rules, pauseHours }: TargetedJob): Targets {
  const minutes = rules?.maxRunMinutes ?? null;
  return {
    keptPercent: rules?.keptPercent ?? usualPercents[criticality],
    maxAgeHours: rules?.maxAgeHours ?? pauseHours * ageAllowance,
    maxRunSeconds: minutes === null ? null : minutes * 60,
  };
}
