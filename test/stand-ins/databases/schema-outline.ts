import { sql } from 'kysely';

import type { Database } from '#platform/db';

/**
 * The schema as sorted lines that read the same on both databases: columns with type and nullability, primary keys,
 * indexes (unique, partial) and foreign keys. Two databases with equal outlines have the same schema.
 */
export async function schemaOutline(database: Database): Promise<readonly string[]> {
  const lines = database.dialect === 'sqlite' ? await sqliteLines(database) : await postgresLines(database);
  return lines.sort();
}

interface Line {
  readonly line: string;
}

async function sqliteLines(database: Database): Promise<string[]> {
  const found = await sql<Line>`
    with tables as (select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'),
    indexes as (
      select t.name as tbl, i."unique" as uniq, i.partial, i.name as idx from tables t, pragma_index_list(t.name) i
      where i.origin <> 'pk'
    )
    select t.name || '.' || c.name || ' ' || lower(c.type) || iif(c."notnull" = 1, ' not null', '') as line
      from tables t, pragma_table_info(t.name) c
    union all
    select t.name || ' primary key ' || group_concat(c.name, ',' order by c.pk)
      from tables t, pragma_table_info(t.name) c where c.pk > 0 group by t.name
    union all
    select x.tbl || iif(x.uniq, ' unique', ' index') || iif(x.partial, ' partial', '') || ' ' ||
      (select group_concat(coalesce(c.name, '()'), ',' order by c.seqno) from pragma_index_info(x.idx) c)
      from indexes x
    union all
    select t.name || ' references ' || f."table" || ' ' || group_concat(f."from", ',' order by f.seq) || ' ' ||
      lower(f.on_delete)
      from tables t, pragma_foreign_key_list(t.name) f group by t.name, f.id`.execute(database.tables());
  return found.rows.map(({ line }) => line);
}

async function postgresLines(database: Database): Promise<string[]> {
  const found = await sql<Line>`
    with tables as (
      select oid, relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
    ),
    columns as (
      select t.oid, t.name as tbl, a.attnum, a.attname as name, a.attnotnull,
        case format_type(a.atttypid, null)
          when 'bigint' then 'integer' when 'double precision' then 'real' when 'bytea' then 'blob'
          else format_type(a.atttypid, null) end as type
      from tables t join pg_attribute a on a.attrelid = t.oid where a.attnum > 0 and not a.attisdropped
    ),
    keys as (
      select i.indrelid, i.indisprimary, i.indisunique, i.indpred is not null as partial,
        (select string_agg(coalesce(c.name, '()'), ',' order by k.seq)
           from unnest(i.indkey) with ordinality k(num, seq)
           left join columns c on c.oid = i.indrelid and c.attnum = k.num) as names
      from pg_index i
    )
    select tbl || '.' || name || ' ' || type || case when attnotnull then ' not null' else '' end as line from columns
    union all
    select t.name || case when k.indisprimary then ' primary key' when k.indisunique then ' unique' else ' index' end ||
      case when k.partial then ' partial' else '' end || ' ' || k.names
      from tables t join keys k on k.indrelid = t.oid
    union all
    select t.name || ' references ' || f.confrelid::regclass::text || ' ' ||
      (select string_agg(c.name, ',' order by k.seq) from unnest(f.conkey) with ordinality k(num, seq)
         join columns c on c.oid = t.oid and c.attnum = k.num) || ' ' ||
      case f.confdeltype when 'c' then 'cascade' when 'n' then 'set null' when 'd' then 'set default'
        when 'r' then 'restrict' else 'no action' end
      from tables t join pg_constraint f on f.conrelid = t.oid and f.contype = 'f'`.execute(database.tables());
  return found.rows.map(({ line }) => line);
}
