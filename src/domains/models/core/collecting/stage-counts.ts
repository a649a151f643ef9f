/** Counts of a search that was read in several goes. */
import type { SearchStage } from '../../contract/index.ts';

/** Adds what this go counted to what those before it did; a stage that is new takes its place at the end. */
export function addStages(before: readonly SearchStage[], now: readonly SearchStage[]): readonly SearchStage[] {
  const counted = before.map((stage) => {
    const more = now.find(({ filter }) => filter === stage.filter);
    return more === undefined ? stage : { ...more, in: stage.in + more.in, out: stage.out + more.out };
  });
  return [...counted, ...now.filter(({ filter }) => before.every((stage) => stage.filter !== filter))];
}
