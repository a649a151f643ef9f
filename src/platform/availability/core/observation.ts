/** One look at the probes, as it is kept. */
import type { Instant } from '#kernel/brands';
import { MINUTE, SECOND } from '#kernel/units';
import type { HealthReport, ProbeState } from '#platform/health';

export interface Observation {
  readonly at: Instant;
  readonly state: ProbeState;
  /** Sorted. */
  readonly probes: readonly string[];
  readonly detail: string | null;
}

/** How often Kura looks. */
export const observeEveryMs = MINUTE;
/** Two looks further apart than that have a gap between them: one may be missed or be late, two may not. */
export const longestStepMs = 150 * SECOND;

const longestDetail = 300;

export function observationOf({ state, probes }: HealthReport, at: Instant): Observation {
  // While one has failed, those that are only degraded are not the cause.
  const unwell = state === 'ok' ? [] : probes.filter((one) => one.state === state);
  const named = unwell.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const detail = named[0]?.detail.slice(0, longestDetail) ?? null;
  return { at, state, probes: named.map(({ name }) => name), detail };
}
