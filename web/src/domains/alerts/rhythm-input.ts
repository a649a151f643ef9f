/** When somebody or something wants to hear, as a form holds it. */
import type { Rhythm } from '#platform/notify/contract';

export const usualRhythm: Rhythm = {
  minSeverity: 'info',
  quiet: null,
  urgent: 'critical',
  digest: { every: 'none' },
  maxPerHour: 10,
};

/** Only what belongs to the rhythm, of something that has one. */
export function rhythmOf({ minSeverity, quiet, urgent, digest, maxPerHour }: Rhythm): Rhythm {
  return { minSeverity, quiet, urgent, digest, maxPerHour };
}
