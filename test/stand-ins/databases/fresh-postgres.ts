import { after } from 'node:test';

import { type PostgresServer, startPostgres } from '#stand-ins/postgres';

let shared: Promise<PostgresServer> | undefined;

/** An empty database on the one server of this test process, which starts at first use and stops after the last test. */
export async function freshPostgres(): Promise<string> {
  shared ??= startPostgres();
  return (await shared).createDatabase();
}

after(async () => {
  await (await shared)?.[Symbol.asyncDispose]();
});
