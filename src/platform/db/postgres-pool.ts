/** `pg` pools with numbers read the way SQLite gives them. */
import { type CustomTypesConfig, Pool, types } from 'pg';

import { KuraError } from '#kernel/errors';
import { SECOND } from '#kernel/units';

export interface PostgresPoolOptions {
  readonly url: string;
  readonly readOnly: boolean;
}

export function createPostgresPool({ url, readOnly }: PostgresPoolOptions): Pool {
  const pool = new Pool({
    connectionString: url,
    application_name: readOnly ? 'kura-read' : 'kura-write',
    max: 10,
    connectionTimeoutMillis: 10 * SECOND,
    types: { getTypeParser },
    ...(readOnly ? { options: '-c default_transaction_read_only=on' } : {}),
  });
  // An idle connection that breaks is replaced by the pool; the query that needs one reports what is wrong.
  pool.on('error', () => {});
  // One that breaks while a transaction holds it tells its next query; without a listener it would end the process.
  pool.on('connect', (client) => {
    client.on('error', () => {});
  });
  return pool;
}

/** int8 and numeric (sums of int8) arrive as text; Kura's numbers fit a double, and one that does not must not pass. */
function getTypeParser(...[oid, format]: Parameters<CustomTypesConfig['getTypeParser']>): TypeParser {
  const isNumber = oid === types.builtins.INT8 || oid === types.builtins.NUMERIC;
  return isNumber ? safeNumber : types.getTypeParser(oid, format);
}

type TypeParser = ReturnType<CustomTypesConfig['getTypeParser']>;

function safeNumber(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    throw new KuraError('internal', 'db.number-too-large', { params: { value: text } });
  }
  return value;
}
