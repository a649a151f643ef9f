/** A real PostgreSQL for tests: one server per test process, a fresh database per suite. */
export { freshDatabase, type PostgresServer, sharedPostgres, startPostgres } from './start-postgres.ts';
