/** Whether a feature may be used, from settings and from what was counted; nothing here is a guess (M-056…M-060). */
import { DAY } from '#kernel/units';
import type { Feature, FeatureLevel, ProbeOutcome } from './feature.ts';

export const featureModes = ['official-only', 'extended', 'experimental'] as const;
/** The riskiest level that may be used. */
export type FeatureMode = (typeof featureModes)[number];

/** What was counted for a feature since the counting began or began anew. */
export interface FeatureCounts {
  readonly succeeded: number;
  readonly failed: number;
  /** Milliseconds since the epoch; null = never. */
  readonly lastFailedAt: number | null;
  readonly probedAt: number | null;
  readonly probeOutcome: ProbeOutcome | null;
  /** What a person decided; null = the mode decides. */
  readonly override: 'on' | 'off' | null;
}

export const neverCounted: FeatureCounts = {
  succeeded: 0,
  failed: 0,
  lastFailedAt: null,
  probedAt: null,
  probeOutcome: null,
  override: null,
};

/** `unknown`: never tried. */
export const featureStandings = ['available', 'experimental', 'unreliable', 'unavailable', 'unknown'] as const;
export type FeatureStanding = (typeof featureStandings)[number];

const AVAILABLE_ABOVE = 0.8;
const EXPERIMENTAL_ABOVE = 0.5;
const DISABLED_BELOW = 0.3;
const ERRORS_BEFORE_DISABLING = 5;
/** How long the outcome of a probe holds, and after how long a disabled feature is tried again. */
const PROBE_HOLDS_MS = DAY;

/** Share of uses that went well; null when there were none. */
export function successRatio({ succeeded, failed }: FeatureCounts): number | null {
  return succeeded + failed === 0 ? null : succeeded / (succeeded + failed);
}

export function standingOf(counts: FeatureCounts): FeatureStanding {
  if (counts.probeOutcome === 'no-effect' || counts.probeOutcome === 'refused') return 'unavailable';
  const ratio = successRatio(counts);
  if (ratio === null) return counts.probeOutcome === 'works' ? 'available' : 'unknown';
  if (ratio > AVAILABLE_ABOVE) return 'available';
  if (ratio > EXPERIMENTAL_ABOVE) return 'experimental';
  return ratio < DISABLED_BELOW ? 'unavailable' : 'unreliable';
}

/** Why a feature is used or not. */
export type FeatureDecision = 'on' | 'switched-off' | 'mode' | 'failing' | 'no-effect';

/**
 * A person's word counts first. Failing features of high risk rest for a day after their last failure, then they may be
 * tried again; others are left alone, because their failure shows and costs little.
 */
export function decideFeature(
  feature: Feature,
  counts: FeatureCounts,
  mode: FeatureMode,
  now: number,
): FeatureDecision {
  if (counts.override !== null) return counts.override === 'on' ? 'on' : 'switched-off';
  if (!isWithin(feature.level, mode)) return 'mode';
  if (feature.risk !== 'high') return 'on';
  const isShownUseless = counts.probeOutcome === 'no-effect' || counts.probeOutcome === 'refused';
  if (isShownUseless && isRecent(counts.probedAt, now)) return 'no-effect';
  const ratio = successRatio(counts);
  const isFailing = ratio !== null && ratio < DISABLED_BELOW && counts.failed > ERRORS_BEFORE_DISABLING;
  return isFailing && isRecent(counts.lastFailedAt, now) ? 'failing' : 'on';
}

/** Whether a probe is worth its requests now. */
export function isProbeDue({ probedAt }: FeatureCounts, now: number): boolean {
  return !isRecent(probedAt, now);
}

function isRecent(at: number | null, now: number): boolean {
  return at !== null && now - at < PROBE_HOLDS_MS;
}

function isWithin(level: FeatureLevel, mode: FeatureMode): boolean {
  if (level === 'official') return true;
  return mode === 'experimental' || (mode === 'extended' && level === 'extended');
}
