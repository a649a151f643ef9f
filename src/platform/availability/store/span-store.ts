/** The SQL of availability. */
import type { Selectable } from 'kysely';

import type { Instant } from '#kernel/brands';
import type { ReadTables, Tables } from '#platform/db';

import type { AvailabilityTables } from './availability-tables.ts';

type Reads = ReadTables<AvailabilityTables>;
type Writes = Tables<AvailabilityTables>;
export type SpanRow = Selectable<AvailabilityTables['availability_spans']>;

export async function newestSpan(reads: Reads): Promise<SpanRow | undefined> {
  return await reads
    .selectFrom('availability_spans')
    .selectAll()
    .orderBy('to_at', 'desc')
    .orderBy('from_at', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Those that touch a time, and one on each side: what lies between is told by how the one before it ended. */
export async function findSpans(reads: Reads, since: Instant, until: Instant): Promise<readonly SpanRow[]> {
  const before = await reads
    .selectFrom('availability_spans')
    .selectAll()
    .where('to_at', '<', since)
    .orderBy('to_at', 'desc')
    .limit(1)
    .execute();
  const touching = await reads
    .selectFrom('availability_spans')
    .selectAll()
    .where('to_at', '>=', since)
    .where('from_at', '<=', until)
    .orderBy('from_at')
    .orderBy('to_at')
    .execute();
  const after = await reads
    .selectFrom('availability_spans')
    .selectAll()
    .where('from_at', '>', until)
    .orderBy('from_at')
    .limit(1)
    .execute();
  return [...before, ...touching, ...after];
}

export async function firstObservation(reads: Reads): Promise<Instant | undefined> {
  const row = await reads
    .selectFrom('availability_spans')
    .select('from_at')
    .orderBy('from_at')
    .limit(1)
    .executeTakeFirst();
  return row?.from_at;
}

export async function insertSpan(writes: Writes, span: SpanRow): Promise<void> {
  await writes.insertInto('availability_spans').values(span).execute();
}

/** Whoever observes again is not stopped. */
export async function extendSpan(writes: Writes, id: string, to: Instant): Promise<void> {
  await writes
    .updateTable('availability_spans')
    .set({ to_at: to, stopped_at: null })
    .where('id', '=', id)
    .where('to_at', '<=', to)
    .execute();
}

export async function markStopped(writes: Writes, id: string, at: Instant): Promise<void> {
  await writes.updateTable('availability_spans').set({ stopped_at: at }).where('id', '=', id).execute();
}

export async function deleteSpansBefore(writes: Writes, at: Instant): Promise<void> {
  await writes.deleteFrom('availability_spans').where('to_at', '<', at).execute();
}
