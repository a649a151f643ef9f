/** Observations into spans: alike and without a gap they are one. */
import { instant } from '#kernel/brands';
import type { IdSource } from '#kernel/ids';
import { DAY } from '#kernel/units';
import type { WriteTransaction } from '#platform/unit-of-work';

import type { AvailabilityTables } from '../store/availability-tables.ts';
import { deleteSpansBefore, extendSpan, insertSpan, newestSpan } from '../store/span-store.ts';
import { longestStepMs, type Observation } from './observation.ts';

/** Three years and a little: this year can be held against the one two years before. */
const keptDays = 1100;

/** @param observations oldest first. */
export async function noteObservations(
  tx: WriteTransaction,
  { ids }: { readonly ids: IdSource },
  observations: readonly Observation[],
): Promise<void> {
  for (const one of observations) await note(tx, ids, one);
  const last = observations.at(-1)?.at;
  if (last === undefined) return;
  const before = instant(new Date(Date.parse(last) - keptDays * DAY));
  await deleteSpansBefore(tx.tables<AvailabilityTables>(), before);
}

async function note(tx: WriteTransaction, ids: IdSource, { at, state, probes, detail }: Observation): Promise<void> {
  const writes = tx.tables<AvailabilityTables>();
  const newest = await newestSpan(writes);
  // Another process of this installation saw it later: while one of them answers, Kura does.
  if (newest !== undefined && newest.to_at > at) return;
  const names = probes.join(',');
  const follows = newest !== undefined && Date.parse(at) - Date.parse(newest.to_at) <= longestStepMs;
  if (follows) {
    // A stop shorter than the step between two looks is none.
    await extendSpan(writes, newest.id, at);
    if (newest.state === state && newest.probes === names) return;
  }
  await insertSpan(writes, { id: ids.next(), state, probes: names, detail, from_at: at, to_at: at, stopped_at: null });
}
