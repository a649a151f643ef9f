/** Sets of media as rows. */
import type { Selectable } from 'kysely';
import { z } from 'zod';

import type { ReadTables, Tables } from '#platform/db';

import { type RotationSchemeInput, rotationSchemeSchema } from '../../contract/index.ts';
import type { MediaTables } from './media-tables.ts';

type Reads = ReadTables<MediaTables>;
type Writes = Tables<MediaTables>;

/** A set without its media. */
export interface MediaSet {
  readonly key: string;
  readonly title: string;
  readonly scheme: RotationSchemeInput;
  readonly startsOn: string;
  readonly holidays: readonly string[];
  readonly calendar: string | null;
  /** Both of them: days on which nobody changes media. */
  readonly freeDays: ReadonlySet<string>;
  readonly active: boolean;
}

export type StoredSet = Omit<MediaSet, 'freeDays'>;
type Row = Selectable<MediaTables['backup_media_sets']>;

export async function listSets(reads: Reads): Promise<readonly MediaSet[]> {
  return withFreeDays(reads, await reads.selectFrom('backup_media_sets').selectAll().orderBy('key').execute());
}

export async function findSet(reads: Reads, key: string): Promise<MediaSet | undefined> {
  const row = await reads.selectFrom('backup_media_sets').selectAll().where('key', '=', key).executeTakeFirst();
  return row === undefined ? undefined : (await withFreeDays(reads, [row]))[0];
}

export async function insertSet(tables: Writes, set: StoredSet, at: string): Promise<void> {
  await tables
    .insertInto('backup_media_sets')
    .values({ key: set.key, created_at: at, ...columnsOf(set) })
    .execute();
}

export async function updateSet(tables: Writes, set: StoredSet): Promise<void> {
  await tables.updateTable('backup_media_sets').set(columnsOf(set)).where('key', '=', set.key).execute();
}

async function withFreeDays(reads: Reads, rows: readonly Row[]): Promise<readonly MediaSet[]> {
  const calendars = [...new Set(rows.flatMap(({ calendar }) => calendar ?? []))];
  const days =
    calendars.length === 0
      ? []
      : await reads
          .selectFrom('backup_holidays')
          .select(['calendar', 'day'])
          .where('calendar', 'in', calendars)
          .execute();
  return rows.map((row) => {
    const set = setOf(row);
    const ofCalendar = days.filter(({ calendar }) => calendar === row.calendar).map(({ day }) => day);
    return { ...set, freeDays: new Set([...set.holidays, ...ofCalendar]) };
  });
}

function columnsOf({ title, scheme, startsOn, holidays, calendar, active }: StoredSet) {
  return {
    title,
    scheme: JSON.stringify(scheme),
    starts_on: startsOn,
    holidays: JSON.stringify(holidays),
    calendar,
    active: active ? 1 : 0,
  };
}

function setOf(row: Row): StoredSet {
  return {
    key: row.key,
    title: row.title,
    scheme: rotationSchemeSchema.parse(JSON.parse(row.scheme)),
    startsOn: row.starts_on,
    holidays: z.array(z.string()).parse(JSON.parse(row.holidays)),
    calendar: row.calendar,
    active: row.active === 1,
  };
}
