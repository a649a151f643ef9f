/** A real PostgreSQL, started in a second or two; tests share one through #stand-ins/databases. */
export { sharePostgres } from './shared-postgres.ts';
export { type PostgresServer, startPostgres } from './start-postgres.ts';
