/** A real PostgreSQL, started in about a second; tests share one per process through #stand-ins/databases. */
export { type PostgresServer, startPostgres } from './start-postgres.ts';
