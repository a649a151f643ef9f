/** Runs a suite on every database Kura supports. */
export { forEachDatabase, type TestDatabases } from './for-each-database.ts';
export { freshPostgres } from './fresh-postgres.ts';
export { schemaOutline } from './schema-outline.ts';
