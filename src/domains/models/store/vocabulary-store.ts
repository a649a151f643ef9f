/** Words of the site that Kura did not come with, as rows. */
import { sql } from 'kysely';

import type { Instant } from '#kernel/brands';
import type { Database, Transaction } from '#platform/db';

import type { ObservedValue, Sighting } from '../core/vocabulary/observed-value.ts';
import type { VocabularyTables } from './vocabulary-tables.ts';

type ObservedName = Pick<ObservedValue, 'kind' | 'value'>;

/** Rows per statement: SQLite takes 32,766 parameters. */
const CHUNK = 500;

/** Counts each model once per word; the same model again only tells that the word is still in use. */
export async function recordSightings(tx: Transaction, sightings: readonly Sighting[], at: Instant): Promise<void> {
  const rows = uniqueBy(sightings, ({ kind, value, modelId }) => `${kind} ${modelId} ${value}`).map(
    ({ kind, value, modelId }) => ({ kind, value, model_id: modelId }),
  );
  const fresh: ObservedName[] = [];
  for (const chunk of chunks(rows)) {
    const added = await tx
      .tables<VocabularyTables>()
      .insertInto('observed_models')
      .values(chunk)
      .onConflict((conflict) => conflict.doNothing())
      .returning(['kind', 'value'])
      .execute();
    fresh.push(...added);
  }
  for (const name of uniqueBy(rows, ({ kind, value }) => `${kind} ${value}`)) {
    const sightingsOfName = fresh.filter(({ kind, value }) => kind === name.kind && value === name.value).length;
    await recordValue(tx, { kind: name.kind, value: name.value, sightings: sightingsOfName, source: 'model' }, at);
  }
}

/** What the site itself named among the values it takes. */
export async function recordListed(tx: Transaction, names: readonly ObservedName[], at: Instant): Promise<void> {
  for (const { kind, value } of uniqueBy(names, (name) => `${name.kind} ${name.value}`)) {
    await recordValue(tx, { kind, value, sightings: 0, source: 'list' }, at);
  }
}

/** Once listed a word stays listed; dates only widen, because records of earlier days come in late. */
async function recordValue(
  tx: Transaction,
  observed: Omit<ObservedValue, 'firstSeenAt' | 'lastSeenAt'>,
  at: Instant,
): Promise<void> {
  await tx
    .tables<VocabularyTables>()
    .insertInto('observed_values')
    .values({ ...observed, first_seen_at: at, last_seen_at: at })
    .onConflict((conflict) =>
      conflict.columns(['kind', 'value']).doUpdateSet((eb) => ({
        sightings: sql<number>`observed_values.sightings + excluded.sightings`,
        source: eb
          .case()
          .when('excluded.source', '=', 'list')
          .then(eb.val('list' as const))
          .else(eb.ref('observed_values.source'))
          .end(),
        first_seen_at: widest('first_seen_at', '<'),
        last_seen_at: widest('last_seen_at', '>'),
      })),
    )
    .execute();
}

function widest(column: 'first_seen_at' | 'last_seen_at', compare: '<' | '>') {
  const [next, last] = [sql.ref(`excluded.${column}`), sql.ref(`observed_values.${column}`)];
  return sql<string>`case when ${next} ${sql.raw(compare)} ${last} then ${next} else ${last} end`;
}

export async function listObservedValues(database: Database): Promise<readonly ObservedValue[]> {
  const rows = await database
    .tables<VocabularyTables>()
    .selectFrom('observed_values')
    .selectAll()
    .orderBy('kind')
    .orderBy('value')
    .execute();
  return rows.map((row) => ({
    kind: row.kind,
    value: row.value,
    firstSeenAt: row.first_seen_at,
    lastSeenAt: row.last_seen_at,
    sightings: row.sightings,
    source: row.source,
  }));
}

/** With the models they were seen in, so that a word that comes back starts anew. */
export async function forgetObservedValues(tx: Transaction, names: readonly ObservedName[]): Promise<void> {
  for (const { kind, value } of names) {
    for (const table of ['observed_values', 'observed_models'] as const) {
      await tx
        .tables<VocabularyTables>()
        .deleteFrom(table)
        .where('kind', '=', kind)
        .where('value', '=', value)
        .execute();
    }
  }
}

export interface Refresh {
  readonly askedAt: string;
  /** Null = the site never answered. */
  readonly answeredAt: string | null;
}

export async function readRefresh(database: Database, site: string): Promise<Refresh | undefined> {
  const row = await database
    .tables<VocabularyTables>()
    .selectFrom('vocabulary_refreshes')
    .selectAll()
    .where('site', '=', site)
    .executeTakeFirst();
  return row === undefined ? undefined : { askedAt: row.asked_at, answeredAt: row.answered_at };
}

/** An answer that failed does not undo the one before. */
export async function recordRefresh(tx: Transaction, site: string, refresh: Refresh): Promise<void> {
  const row = { site, asked_at: refresh.askedAt, answered_at: refresh.answeredAt };
  await tx
    .tables<VocabularyTables>()
    .insertInto('vocabulary_refreshes')
    .values(row)
    .onConflict((conflict) =>
      conflict.column('site').doUpdateSet((eb) => ({
        asked_at: eb.ref('excluded.asked_at'),
        answered_at: sql<string | null>`coalesce(excluded.answered_at, vocabulary_refreshes.answered_at)`,
      })),
    )
    .execute();
}

function uniqueBy<Row>(rows: readonly Row[], key: (row: Row) => string): readonly Row[] {
  return [...new Map(rows.map((row) => [key(row), row])).values()];
}

function* chunks<Row>(rows: readonly Row[]): Generator<readonly Row[]> {
  for (let start = 0; start < rows.length; start += CHUNK) yield rows.slice(start, start + CHUNK);
}
