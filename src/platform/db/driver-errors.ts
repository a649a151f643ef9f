/** What the two drivers' errors mean. SQLite: result codes of sqlite.org/rescode.html; PostgreSQL: SQLSTATE, appendix A. */
import { isKuraError } from '#kernel/errors';

const SQLITE_BUSY = 5;
const SQLITE_LOCKED = 6;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_CONSTRAINT_PRIMARYKEY = 1555;
const SQLITE_CONSTRAINT_UNIQUE = 2067;

const PG_UNIQUE_VIOLATION = '23505';
const pgCollisions: ReadonlySet<string> = new Set(['40001', '40P01', '55P03']);
const pgUnreachable: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'EPIPE']);

/** Whether a row with the same key was already there, whichever database says so. */
export function isUniqueViolation(error: unknown): boolean {
  const code = sqliteCode(error);
  return (
    code === SQLITE_CONSTRAINT_UNIQUE ||
    code === SQLITE_CONSTRAINT_PRIMARYKEY ||
    stringCode(error) === PG_UNIQUE_VIOLATION
  );
}

/** Another writer was in the way; the same transaction can succeed a moment later. */
export function isCollision(error: unknown): boolean {
  // A store may have wrapped it in an error of its own.
  if (isKuraError(error)) return isCollision(error.cause);
  const code = sqliteCode(error);
  // The low byte is the primary code; BUSY_SNAPSHOT and its like extend it.
  if (code !== undefined) return (code & 0xff) === SQLITE_BUSY || (code & 0xff) === SQLITE_LOCKED;
  return pgCollisions.has(stringCode(error) ?? '');
}

export function isDiskFull(error: unknown): boolean {
  return sqliteCode(error) === SQLITE_FULL || stringCode(error) === '53100';
}

/** Pages that contradict each other: a bad disk, or somebody else wrote into the file. */
export function isDamage(error: unknown): error is Error {
  return error instanceof Error && ((sqliteCode(error) ?? 0) & 0xff) === SQLITE_CORRUPT;
}

export function isUnreachable(error: unknown): boolean {
  const code = stringCode(error) ?? '';
  // Classes 08 (connection exception) and 57P (operator intervention: the server is stopping).
  return pgUnreachable.has(code) || /^(08|57P)/.test(code) || isConnectionLoss(error);
}

/** `pg` gives its own errors about a lost connection no code (pg/lib/client.js). */
function isConnectionLoss(error: unknown): boolean {
  return (
    error instanceof Error && /^Connection terminated|^Client has encountered a connection error/.test(error.message)
  );
}

function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined;
  return typeof error.errcode === 'number' ? error.errcode : undefined;
}

function stringCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
