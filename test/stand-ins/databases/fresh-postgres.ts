import { after } from 'node:test';

import { type PostgresServer, sharePostgres, startPostgres } from '#stand-ins/postgres';

let opened: Promise<PostgresServer> | undefined;

/**
 * An empty database, gone after the last test of this process. `npm test` starts one server for all of them and names it in
 * `KURA_TEST_POSTGRES`; a test that is run by itself starts its own.
 */
export async function freshPostgres(): Promise<string> {
  opened ??= open();
  return (await opened).createDatabase();
}

function open(): Promise<PostgresServer> {
  const url = process.env['KURA_TEST_POSTGRES'];
  return url === undefined ? startPostgres() : sharePostgres(url);
}

after(async () => {
  await (await opened)?.[Symbol.asyncDispose]();
});
