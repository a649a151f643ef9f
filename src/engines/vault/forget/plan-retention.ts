/**
 * Which snapshots a grandfather-father-son policy keeps. Counted apart for each folder and machine, newest first; the
 * newest snapshot of a period stands for it. A snapshot whose time lies ahead of the clock is kept and counted nowhere:
 * a forged time must not push the real ones out (restic #22057).
 */
import type { Instant } from '#kernel/brands';
import { DAY } from '#kernel/units';

import type { Snapshot } from '../snapshot/snapshot.ts';
import { createCalendar, type Period, periods } from './calendar.ts';

/** How many of each to keep; what is not said keeps nothing. */
export interface KeepPolicy extends Partial<Readonly<Record<Period, number>>> {
  /** The newest so many, whatever their age. */
  readonly last?: number;
  /** Everything so many milliseconds older than the newest snapshot, so that nothing ages away while backups stand still. */
  readonly withinMs?: number;
  /** Everything that carries one of these tags. */
  readonly tags?: readonly string[];
}

export type KeepReason = Period | 'last' | 'within' | 'tag' | 'hold' | 'ahead-of-clock' | 'last-complete';

export type RetentionFacts = Pick<Snapshot, 'id' | 'startedAt' | 'host' | 'source' | 'tags' | 'result'>;

export interface RetentionPlan<Item extends RetentionFacts> {
  readonly keep: readonly { readonly snapshot: Item; readonly reasons: readonly KeepReason[] }[];
  readonly remove: readonly Item[];
}

export interface RetentionOptions {
  readonly now: number;
  /** IANA name; days and weeks begin at its midnight. */
  readonly timeZone: string;
  readonly isHeld: (id: Snapshot['id']) => boolean;
}

/** Clocks of two machines may differ by so much before a time counts as wrong. */
const CLOCKS_DIFFER = DAY;

export function isEmptyPolicy({ tags = [], withinMs = 0, ...counts }: KeepPolicy): boolean {
  return tags.length === 0 && withinMs <= 0 && Object.values(counts).every((count) => count <= 0);
}

export function planRetention<Item extends RetentionFacts>(
  snapshots: readonly Item[],
  policy: KeepPolicy,
  options: RetentionOptions,
): RetentionPlan<Item> {
  const groups = Map.groupBy(snapshots, ({ host, source }) => JSON.stringify([host, source]));
  const plans = [...groups.values()].map((group) => planGroup(group, policy, options));
  return { keep: plans.flatMap((plan) => plan.keep), remove: plans.flatMap((plan) => plan.remove) };
}

function planGroup<Item extends RetentionFacts>(
  group: readonly Item[],
  policy: KeepPolicy,
  { now, timeZone, isHeld }: RetentionOptions,
): RetentionPlan<Item> {
  const reasons = new Map<Item, KeepReason[]>(group.map((snapshot) => [snapshot, []]));

  function because(snapshot: Item | undefined, reason: KeepReason): void {
    if (snapshot !== undefined) reasons.get(snapshot)?.push(reason);
  }

  function isKept(snapshot: Item): boolean {
    return (reasons.get(snapshot)?.length ?? 0) > 0;
  }

  const ordered = group.toSorted((one, other) => (one.startedAt < other.startedAt ? 1 : -1));
  const counted = ordered.filter(({ startedAt }) => Date.parse(startedAt) <= now + CLOCKS_DIFFER);
  for (const snapshot of ordered) if (!counted.includes(snapshot)) because(snapshot, 'ahead-of-clock');
  for (const snapshot of counted.slice(0, policy.last ?? 0)) because(snapshot, 'last');
  for (const [snapshot, period] of newestOfPeriods(counted, policy, timeZone)) because(snapshot, period);
  for (const snapshot of counted) {
    if (policy.withinMs !== undefined && ageBelow(counted[0], snapshot, policy.withinMs)) because(snapshot, 'within');
    if (policy.tags?.some((tag) => snapshot.tags.includes(tag)) === true) because(snapshot, 'tag');
  }
  for (const snapshot of ordered) if (isHeld(snapshot.id)) because(snapshot, 'hold');
  if (!counted.some((snapshot) => snapshot.result === 'complete' && isKept(snapshot))) {
    because(
      counted.find(({ result }) => result === 'complete'),
      'last-complete',
    );
  }
  return {
    keep: ordered.filter(isKept).map((snapshot) => ({ snapshot, reasons: reasons.get(snapshot) ?? [] })),
    remove: ordered.filter((snapshot) => !isKept(snapshot)),
  };
}

function newestOfPeriods<Item extends RetentionFacts>(
  newestFirst: readonly Item[],
  policy: KeepPolicy,
  timeZone: string,
): readonly (readonly [Item, Period])[] {
  const periodsOf = createCalendar(timeZone);
  const named = newestFirst.map((snapshot) => ({ snapshot, names: periodsOf(snapshot.startedAt) }));
  return periods.flatMap((period) => {
    // A map keeps the first of each name, and names in the order in which they came.
    const newest = new Map(named.toReversed().map(({ snapshot, names }) => [names[period], snapshot]));
    return [...newest.values()]
      .toReversed()
      .slice(0, policy[period] ?? 0)
      .map((snapshot) => [snapshot, period] as const);
  });
}

function ageBelow(
  newest: { readonly startedAt: Instant } | undefined,
  snapshot: { readonly startedAt: Instant },
  milliseconds: number,
): boolean {
  return newest !== undefined && Date.parse(newest.startedAt) - Date.parse(snapshot.startedAt) <= milliseconds;
}
