const ratings = [
  [16, 'XXX'],
  [8, 'X'],
  [4, 'R'],
  [2, 'PG-13'],
  [1, 'PG'],
] as const;

/** The strongest rating in the site's bit mask; undefined when it is not rated. */
export function ratingOf(mask: number | null): string | undefined {
  return ratings.find(([bit]) => ((mask ?? 0) & bit) !== 0)?.[1];
}
