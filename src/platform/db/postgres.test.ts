import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { sql } from 'kysely';

import { systemClock, systemRandom } from '#kernel/clock';
import { isKuraError } from '#kernel/errors';
import { type Database, openDatabase } from '#platform/db';
import { freshPostgres } from '#stand-ins/databases';

describe('a PostgreSQL database', () => {
  const freshUrl = freshPostgres();
  let database: Database;
  before(async () => {
    database = await openDatabase({ url: await freshUrl(), clock: systemClock, random: systemRandom });
  });
  after(() => database[Symbol.asyncDispose]());

  it('says that the server went away in the middle, and goes on when it is back', async () => {
    await assert.rejects(
      database.transaction((tx) => sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx.tables())),
      (error) => isKuraError(error) && error.code === 'db.unreachable',
    );
    const { rows } = await database.transaction((tx) => sql`select 1 as one`.execute(tx.tables()));
    assert.deepEqual(rows, [{ one: 1 }]);
  });

  it('survives the loss of a connection that a transaction holds between two queries', async () => {
    const work = database.transaction(async (tx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx.tables());
      const pid = rows[0]?.pid ?? 0;
      await sql`select pg_terminate_backend(${pid}, 5000)`.execute(database.tables());
      await sql`select 1`.execute(tx.tables());
    });
    await assert.rejects(work, (error) => isKuraError(error) && error.code === 'db.unreachable');
  });

  it('does not claim that nothing happened when the commit itself gets no answer', async () => {
    const work = database.transaction(async (tx) => {
      // A deferred trigger ends the connection from within the commit.
      await sql`create table last_step (n integer)`.execute(tx.tables());
      await sql`create function end_it() returns trigger language plpgsql as
        $$ begin perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(5); return null; end $$`.execute(
        tx.tables(),
      );
      await sql`create constraint trigger ending after insert on last_step deferrable initially deferred
        for each row execute function end_it()`.execute(tx.tables());
      await sql`insert into last_step values (1)`.execute(tx.tables());
    });
    await assert.rejects(work, (error) => isKuraError(error) && error.code === 'db.commit-unknown');
  });

  it('survives the loss of idle connections', async () => {
    await sql`select 1`.execute(database.tables());
    await database.transaction((tx) =>
      sql`select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'kura-read' and datname = current_database()`.execute(tx.tables()),
    );
    const answers = await Promise.allSettled(
      Array.from({ length: 3 }, () => sql`select 1 as one`.execute(database.tables())),
    );
    assert.ok(answers.length === 3, 'the process is still here');
    assert.deepEqual((await sql`select 1 as one`.execute(database.tables())).rows, [{ one: 1 }]);
  });

  it('cannot be copied into a file from here, and says so', async () => {
    await assert.rejects(
      database.snapshot('/nowhere'),
      (error) => isKuraError(error) && error.code === 'db.snapshot-not-supported',
    );
  });
});
