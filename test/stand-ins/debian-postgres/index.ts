/**
 * PostgreSQL as Debian packages it, server and client programs of one version: pg_dump refuses newer servers, and the one of
 * #stand-ins/postgres is newer than any client here.
 */
export { type DebianPostgres, debianPostgresPrograms, startDebianPostgres } from './start-debian-postgres.ts';
