import { type RawBuilder, type SqlBool, sql } from 'kysely';

/**
 * Whether any of the columns contains the text, in either letter case. SQLite's `lower` knows ASCII only, so the text is
 * looked for as it was typed as well as in lower case: what is copied from a row is found, whatever its script.
 */
export function containsText(columns: readonly string[], text: string): RawBuilder<SqlBool> {
  const typed = text.replaceAll(/[\\%_]/g, String.raw`\$&`);
  const patterns = [...new Set([typed, typed.toLowerCase()])].map((one) => `%${one}%`);
  const conditions = columns.flatMap((column) =>
    patterns.map((one) => sql`lower(${sql.ref(column)}) like lower(cast(${one} as text)) escape '\\'`),
  );
  return sql<SqlBool>`(${sql.join(conditions, sql` or `)})`;
}
