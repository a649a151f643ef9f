/** Counters, sizes, ids and dates as SQL; what is not known fulfils nothing. */
import { type RawBuilder, type SqlBool, sql } from 'kysely';

import type { NumberField } from '../../core/query-language/field-values.ts';

type Condition = RawBuilder<SqlBool>;

interface Bounds {
  readonly min: number | null;
  readonly max: number | null;
}

type Kind = 'count' | 'ratio' | 'instant';

const columns: Readonly<Record<Exclude<NumberField, 'size'>, readonly [column: string, kind: Kind]>> = {
  model: ['v.model_id', 'count'],
  version: ['v.version_id', 'count'],
  downloads: ['i.downloads', 'count'],
  likes: ['i.likes', 'count'],
  comments: ['i.comments', 'count'],
  buzz: ['i.buzz', 'count'],
  interactions: ['i.interactions', 'count'],
  likeRatio: ['i.like_ratio', 'ratio'],
  published: ['v.published_at', 'instant'],
  updated: ['i.updated_at', 'instant'],
  seen: ['i.seen_at', 'instant'],
};

export function numberWithin(field: NumberField, { min, max }: Bounds): Condition {
  if (Number.isNaN(min) || Number.isNaN(max)) return sql<SqlBool>`(1 = 0)`;
  if (field === 'size') return hasFileWithin({ min, max });
  const [column, kind] = columns[field];
  return withinColumn(sql.ref(column), kind, { min, max });
}

export function numberIs(field: NumberField, values: readonly string[]): readonly Condition[] {
  return values
    .filter((value) => value.trim() !== '' && Number.isFinite(Number(value)))
    .map((value) => numberWithin(field, { min: Number(value), max: Number(value) }));
}

/** What a model must have for any of its versions to be within: used to leave models out early. */
export function modelWithin(field: NumberField, { min, max }: Bounds): Condition | undefined {
  if (Number.isNaN(min) || Number.isNaN(max)) return undefined;
  if (field === 'published') return withinColumn(sql.ref('i.published_at'), 'instant', { min, max: null });
  if (field === 'model') return withinColumn(sql.ref('i.model_id'), 'count', { min, max });
  return isOfModel(field) ? numberWithin(field, { min, max }) : undefined;
}

export function isOfModel(field: NumberField): boolean {
  return field !== 'size' && field !== 'version' && field !== 'model' && field !== 'published';
}

function hasFileWithin(bounds: Bounds): Condition {
  return sql<SqlBool>`exists (
    select 1 from catalogue_files f
    where f.version_id = v.version_id and ${withinColumn(sql.ref('f.size_bytes'), 'count', bounds)}
  )`;
}

function withinColumn(column: RawBuilder<unknown>, kind: Kind, { min, max }: Bounds): Condition {
  const { known, lowest, highest } = readers[kind];
  const conditions = [sql<SqlBool>`coalesce(${column}, ${known.unknown}) ${known.test}`];
  if (min !== null) conditions.push(sql<SqlBool>`coalesce(${column}, ${known.unknown}) >= ${lowest(min)}`);
  if (max !== null) conditions.push(sql<SqlBool>`coalesce(${column}, ${known.unknown}) <= ${highest(max)}`);
  return sql<SqlBool>`(${sql.join(conditions, sql` and `)})`;
}

const readers = {
  count: {
    known: { unknown: sql.lit(-1), test: sql`>= 0` },
    lowest: (min: number) => clamp(Math.ceil(min), 0, Number.MAX_SAFE_INTEGER),
    highest: (max: number) => clamp(Math.floor(max), -1, Number.MAX_SAFE_INTEGER),
  },
  ratio: {
    known: { unknown: sql.lit(-1), test: sql`>= 0` },
    lowest: (min: number) => clamp(min, 0, 2),
    highest: (max: number) => clamp(max, -1, 2),
  },
  instant: {
    known: { unknown: sql.lit(''), test: sql`<> ''` },
    lowest: (min: number) => isoOf(Math.ceil(min)),
    highest: (max: number) => isoOf(Math.floor(max)),
  },
} as const;

/** Years with four digits sort as text. */
function isoOf(ms: number): string {
  return new Date(
    clamp(ms, Date.UTC(0, 0) - 62_000_000_000_000, Date.UTC(9999, 11, 31, 23, 59, 59, 999)),
  ).toISOString();
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
