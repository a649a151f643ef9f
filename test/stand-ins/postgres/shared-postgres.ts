import { randomBytes } from 'node:crypto';

import { Client } from 'pg';

import type { PostgresServer } from './start-postgres.ts';

/** Databases of our own on a server that somebody else started; disposing removes them and leaves the server. */
export async function sharePostgres(url: string): Promise<PostgresServer> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const made: string[] = [];
  return {
    url,
    async createDatabase() {
      const name = `kura_${randomBytes(8).toString('hex')}`;
      await client.query(`create database ${name}`);
      made.push(name);
      return Object.assign(new URL(url), { pathname: name }).href;
    },
    async [Symbol.asyncDispose]() {
      for (const name of made) await client.query(`drop database ${name} with (force)`);
      await client.end();
    },
  };
}
