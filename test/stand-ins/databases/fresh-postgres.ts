import { after } from 'node:test';

import { type PostgresServer, sharePostgres, startPostgres } from '#stand-ins/postgres';

/**
 * For the suite, or the file, that calls this: gives an empty database at each call, gone after its last test. `npm test`
 * starts one server for all of them and names it in `KURA_TEST_POSTGRES`; a test that is run by itself starts its own.
 */
export function freshPostgres(): () => Promise<string> {
  let opened: Promise<PostgresServer> | undefined;
  after(async () => {
    await (await opened)?.[Symbol.asyncDispose]();
  });
  return async () => {
    opened ??= open();
    return (await opened).createDatabase();
  };
}

function open(): Promise<PostgresServer> {
  const url = process.env['KURA_TEST_POSTGRES'];
  return url === undefined ? startPostgres() : sharePostgres(url);
}
