/** What a summary tells somebody to look at; each sentence follows from one figure beside it. */
import type { MessageParams } from '#kernel/errors';

import type { RecordedCheck } from '../trail/checks.ts';
import type { PeriodCounts } from '../trail/summary.ts';

interface Advice {
  readonly code: string;
  readonly params: MessageParams;
}

export function adviceOn(summary: PeriodCounts & { readonly check: RecordedCheck }): readonly Advice[] {
  const { check, detections, byLevel, byResult } = summary;
  const all: readonly (Advice | false)[] = [
    check.finding !== undefined && { code: 'audit.advice.chain', params: { seq: check.finding.seq } },
    check.unsealed > 0 && { code: 'audit.advice.unsealed', params: { count: check.unsealed } },
    detections.open > 0 && { code: 'audit.advice.detections', params: { count: detections.open } },
    (byLevel['critical'] ?? 0) > 0 && { code: 'audit.advice.critical', params: { count: byLevel['critical'] } },
    (byResult['refused'] ?? 0) > 0 && { code: 'audit.advice.refused', params: { count: byResult['refused'] } },
  ];
  return all.filter((one) => one !== false);
}
