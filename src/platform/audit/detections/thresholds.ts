/** How often something happened lately, and whether that is more than usual. */
import { instant } from '#kernel/brands';
import { DAY } from '#kernel/units';
import type { WriteTransaction } from '#platform/unit-of-work';

import type { ChainTables } from '../chain/audit-tables.ts';
import type { EntryView } from '../contract/entry-shapes.ts';
import { entryView } from '../trail/entry-search.ts';
import type { DetectionRule } from './rules.ts';

export interface Occurrence {
  readonly rule: DetectionRule;
  readonly about: string;
  readonly entry: EntryView;
}

/** So many entries of the last hours are looked at; a flood beyond that is over any threshold. */
const looked = 20_000;
const usualDays = 28;

/** The entries within the rule's time up to this one, behind the one with the number `after`; this one alone without a threshold. */
export async function occurrences(
  tx: WriteTransaction,
  { rule, about, entry }: Occurrence,
  after: number,
): Promise<readonly EntryView[]> {
  const { threshold } = rule;
  if (threshold === undefined) return [entry];
  const since = Date.parse(entry.at) - threshold.withinMs;
  const entries = await entriesBetween(tx, since, entry);
  return entries.filter((one) => (one.seq ?? 0) > after && rule.matches(one) && rule.about(one).includes(about));
}

/** Days are counted back from the entry; a log younger than a week knows nothing usual. */
export async function isUnusual(
  tx: WriteTransaction,
  { rule, about, entry }: Occurrence,
  amount: number,
): Promise<boolean> {
  const { timesUsual, weigh } = rule.threshold ?? {};
  if (timesUsual === undefined) return true;
  const end = Date.parse(entry.at) - DAY;
  const perDay = new Map<number, number>();
  for (const one of await entriesBetween(tx, end - usualDays * DAY, entry)) {
    const day = Math.floor((end - Date.parse(one.at)) / DAY);
    if (day < 0 || !rule.matches(one) || !rule.about(one).includes(about)) continue;
    perDay.set(day, (perDay.get(day) ?? 0) + (weigh?.(one) ?? 1));
  }
  if (!(await isOlderThan(tx, end - 7 * DAY))) return false;
  return amount > timesUsual * Math.max(0, ...perDay.values());
}

async function entriesBetween(tx: WriteTransaction, since: number, { seq, action, category }: EntryView) {
  const prefix = `${action.split('.')[0] ?? ''}.`;
  const rows = await tx
    .tables<ChainTables>()
    .selectFrom('audit_log')
    .selectAll()
    .where('at', '>=', instant(new Date(since)))
    .where('seq', '<=', seq ?? 0)
    .where((where) =>
      where.or([
        where('category', '=', category),
        where.and([where('action', '>=', prefix), where('action', '<', `${prefix}\u{10ffff}`)]),
      ]),
    )
    .orderBy('seq', 'desc')
    .limit(looked)
    .execute();
  return rows.map(entryView).toReversed();
}

async function isOlderThan(tx: WriteTransaction, time: number): Promise<boolean> {
  const log = tx.tables<ChainTables>().selectFrom('audit_log').select('seq');
  return (
    (await log
      .where('at', '<', instant(new Date(time)))
      .limit(1)
      .executeTakeFirst()) !== undefined
  );
}
