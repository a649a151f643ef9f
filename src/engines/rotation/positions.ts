/** Which media a scheme needs, and how long each rests. */
import type { RotationScheme } from './rotation-plan.ts';

/** Every position that a turn of the scheme can name. */
export function positionsOf(scheme: RotationScheme): readonly string[] {
  if (scheme.kind === 'hanoi') return numbered('set', scheme.sets);
  if (scheme.kind === 'custom') return numbered('medium', scheme.media);
  const { sons, grandfathers, yearly } = scheme;
  return [
    ...sons.toSorted((a, b) => a - b).map((weekday) => `son-${weekday}`),
    // The last of five becomes a grandfather.
    ...numbered('father', grandfathers === 0 ? 5 : 4),
    ...numbered('grandfather', grandfathers),
    ...numbered('yearly', grandfathers === 0 ? 0 : yearly),
  ];
}

/** The most days that usually lie between two turns of a position: whatever rests longer was forgotten. */
export function restDays(scheme: RotationScheme, position: string): number {
  if (scheme.kind === 'gfs') return gfsRestDays(position, scheme.grandfathers, scheme.yearly);
  if (scheme.kind === 'custom') return scheme.media * scheme.every * { day: 1, week: 7, month: 31 }[scheme.unit];
  const index = Math.min(Number(position.split('-')[1]), scheme.sets - 1);
  return Math.ceil((2 ** index * 7) / Math.max(1, scheme.weekdays.length));
}

function gfsRestDays(position: string, grandfathers: number, yearly: number): number {
  switch (position.split('-')[0]) {
    case 'son':
      return 7;
    case 'father':
      return 35;
    case 'grandfather':
      return 31 * grandfathers;
    default:
      return 366 * Math.max(1, yearly);
  }
}

function numbered(name: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${name}-${index + 1}`);
}
