import { type RawBuilder, type SqlBool, sql } from 'kysely';

/**
 * Whether any of the columns contains the text, in either letter case. `lower` knows ASCII only, in SQLite and in columns
 * of collation C alike, so the text is looked for with its ASCII letters lowered as well as with all of them: what is copied
 * from a row is found, whatever its script.
 */
export function containsText(columns: readonly string[], text: string): RawBuilder<SqlBool> {
  const typed = text.replaceAll(/[\\%_]/g, String.raw`\$&`);
  const asciiLowered = typed.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
  const patterns = [...new Set([asciiLowered, typed.toLowerCase()])].map((one) => `%${one}%`);
  const conditions = columns.flatMap((column) =>
    patterns.map((one) => sql`lower(${sql.ref(column)}) like ${one} escape '\\'`),
  );
  return sql<SqlBool>`(${sql.join(conditions, sql` or `)})`;
}
