/** The cells of a sweep: one per combination of the values in its lists. */

import { KuraError } from '#kernel/errors';
import { withoutUndefined } from '#kernel/without-undefined';

import { type CollectQuery, collectQuerySchema, type SweepPlan } from '../../contract/index.ts';
import type { PlannedCell } from '../../store/sweep-store.ts';

/** Years at the polite pace. */
const MOST_CELLS = 5000;

/** The others take several values; a cell gives them one. */
const singleValued = new Set<string>(['creator', 'sort', 'period']);

type Choice = readonly [keyof CollectQuery, string];

/** In the order of the lists, the last one turning fastest. @throws KuraError `models.sweep-too-large`. */
export function planCells(plan: SweepPlan): readonly PlannedCell[] {
  const lists = listsOf(plan).filter(([, values]) => values.length > 0);
  const count = lists.reduce((product, [, values]) => product * values.length, 1);
  if (count > MOST_CELLS)
    throw new KuraError('limit', 'models.sweep-too-large', { params: { count, most: MOST_CELLS } });
  const combinations = lists.reduce<readonly (readonly Choice[])[]>(
    (cells, [name, values]) => cells.flatMap((cell) => values.map((value) => [...cell, [name, value] as const])),
    [[]],
  );
  return combinations.map((choices) => ({ label: labelOf(choices), query: queryOf(plan, choices) }));
}

function listsOf(plan: SweepPlan): readonly (readonly [keyof CollectQuery, readonly string[]])[] {
  return [
    ['creator', plan.creators],
    ['base', plan.bases],
    ['type', plan.types],
    ['category', plan.categories],
    ['tag', plan.tags],
    ['sort', plan.sorts],
    ['period', plan.periods],
  ];
}

function labelOf(choices: readonly Choice[]): string {
  return choices.length === 0 ? '*' : choices.map(([, value]) => value).join(' · ');
}

function queryOf(
  { limitPerCell, nsfw, license, since, minDownloads }: SweepPlan,
  choices: readonly Choice[],
): CollectQuery {
  const chosen = Object.fromEntries(choices.map(([name, value]) => [name, singleValued.has(name) ? value : [value]]));
  const given = { ...chosen, nsfw, license, since, minDownloads, limit: limitPerCell };
  return collectQuerySchema.parse(withoutUndefined(given));
}
