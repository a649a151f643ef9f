/** What suits a job by how much depends on it: a whole restore and a full reading, each in its time. */
import type { Criticality, DrillKind, TestFrequency } from '../../contract/index.ts';

export interface RecommendedPlan {
  readonly kind: DrillKind;
  readonly frequency: TestFrequency;
}

const frequencies: Readonly<Record<Criticality, Readonly<Record<'full' | 'integrity', TestFrequency>>>> = {
  critical: { full: 'monthly', integrity: 'weekly' },
  high: { full: 'quarterly', integrity: 'monthly' },
  normal: { full: 'semi-annual', integrity: 'monthly' },
  low: { full: 'semi-annual', integrity: 'monthly' },
};

export function recommendedPlans(criticality: Criticality): readonly RecommendedPlan[] {
  const { full, integrity } = frequencies[criticality];
  return [
    { kind: 'full', frequency: full },
    { kind: 'integrity', frequency: integrity },
  ];
}
