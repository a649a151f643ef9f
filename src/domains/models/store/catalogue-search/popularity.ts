/**
 * Positions in the text index of SQLite: many downloads first, so that the most downloaded of a long list of matches are
 * its beginning. Steps of about 4 % keep a model where it stands while its counter grows day by day.
 */
const STEPS_PER_DOUBLING = 16;
const LAST_STEP = 1023;
/** Steps × ids stay below 2^53. */
const IDS = 2 ** 42;

/** Later ids first within a step. `downloads` -1 = not known, behind those nobody fetched. */
export function positionOf(downloads: number, modelId: number): number {
  return (LAST_STEP - stepOf(downloads)) * IDS + (IDS - 1 - modelId);
}

export interface PositionRange {
  readonly first: number;
  readonly last: number;
}

/** All positions of the step a position belongs to. */
export function stepAround(position: number): PositionRange {
  const first = Math.floor(position / IDS) * IDS;
  return { first, last: first + IDS - 1 };
}

/** Whether a step holds no other count, so that its positions are in order. */
export function isOwnStep(downloads: number): boolean {
  const step = stepOf(downloads);
  return stepOf(downloads - 1) !== step && stepOf(downloads + 1) !== step;
}

function stepOf(downloads: number): number {
  return Math.min(LAST_STEP, Math.floor(Math.log2(Math.max(1, downloads + 2)) * STEPS_PER_DOUBLING));
}
