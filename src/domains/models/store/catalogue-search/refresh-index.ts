/** Brings what searches read up to what the catalogue knows of some models. */
import { type RawBuilder, sql } from 'kysely';

import type { Transaction } from '#platform/db';

import type { CatalogueTables } from '../catalogue-tables.ts';
import { upsertRows } from '../catalogue-upsert.ts';
import { type DerivedIndex, deriveIndex, type IndexDocument } from './derive-index.ts';
import { type IndexSource, readIndexSources } from './index-source.ts';
import { readQualityCount } from './quality-count.ts';
import { vectorOf } from './tsvector.ts';

/** Models whose texts are held in memory at once. */
const CHUNK = 200;

/** Models nobody knows are left out; what did not change is not written. */
export async function refreshIndex(tx: Transaction, modelIds: readonly number[]): Promise<void> {
  const unique = [...new Set(modelIds)];
  const { options } = await readQualityCount(tx);
  for (let start = 0; start < unique.length; start += CHUNK) {
    const sources = await readIndexSources(tx, unique.slice(start, start + CHUNK));
    await writeIndex(
      tx,
      sources.map((source) => ({ source, derived: deriveIndex(source, options) })),
    );
  }
}

interface Refreshed {
  readonly source: IndexSource;
  readonly derived: DerivedIndex;
}

async function writeIndex(tx: Transaction, refreshed: readonly Refreshed[]): Promise<void> {
  const changed = refreshed.filter(({ source, derived }) => source.indexed?.print !== derived.row.print);
  const rows = refreshed.map(({ derived }) => derived.row);
  const [first] = rows;
  if (first === undefined) return;
  const columns = Object.keys(first).filter((column) => column !== 'model_id') as (keyof typeof first)[];
  await upsertRows(tx, 'catalogue_index', rows, { key: ['model_id'], replace: columns, keep: [] });
  if (changed.length === 0) return;
  await writeVersionIndex(tx, changed);
  await (tx.dialect === 'sqlite' ? writeFts5(tx, changed) : writeTsvector(tx, changed));
}

async function writeVersionIndex(tx: Transaction, changed: readonly Refreshed[]): Promise<void> {
  const ids = changed.map(({ derived }) => derived.row.model_id);
  await tx.tables<CatalogueTables>().deleteFrom('catalogue_version_index').where('model_id', 'in', ids).execute();
  const rows = changed.flatMap(({ derived }) => derived.versions);
  await upsertRows(tx, 'catalogue_version_index', rows, { key: ['model_id', 'version_id'], replace: [], keep: [] });
}

async function writeFts5(tx: Transaction, changed: readonly Refreshed[]): Promise<void> {
  const tables = tx.tables<unknown>();
  const old = changed.flatMap(({ source }) => source.indexed?.position ?? []);
  if (old.length > 0) await sql`delete from catalogue_terms where rowid in (${sql.join(old)})`.execute(tables);
  const rows = changed.map(({ derived: { row, document } }) => fts5Row(row.position, document));
  await sql`
    insert into catalogue_terms (rowid, name, labels, words, about, facts) values ${sql.join(rows)}`.execute(tables);
}

function fts5Row(position: number, { name, labels, words, about, facts }: IndexDocument): RawBuilder<unknown> {
  return sql`(${position}, ${name}, ${labels}, ${words}, ${about}, ${facts})`;
}

async function writeTsvector(tx: Transaction, changed: readonly Refreshed[]): Promise<void> {
  const rows = changed.map(
    ({ derived: { row, document } }) => sql`(${row.model_id}::bigint, ${vectorOf(document)}::tsvector)`,
  );
  await sql`
    update catalogue_index set terms = fresh.terms
    from (values ${sql.join(rows)}) as fresh (model_id, terms)
    where catalogue_index.model_id = fresh.model_id`.execute(tx.tables<unknown>());
}
