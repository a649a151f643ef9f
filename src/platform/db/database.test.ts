import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { sql } from 'kysely';

import { systemClock, systemRandom } from '#kernel/clock';
import { isKuraError } from '#kernel/errors';
import {
  columnTypes,
  createPositionedTable,
  createTable,
  type Database,
  isUniqueViolation,
  type Migration,
  openDatabase,
  type TransactionOptions,
} from '#platform/db';
import { forEachDatabase } from '#stand-ins/databases';

interface Notes {
  notes: { id: string; title: string; size: number };
  ticks: { position?: number; label: string };
}

const notesMigration: Migration = {
  id: 'notes-0001-begin',
  up: async (db, dialect) => {
    const type = columnTypes(dialect);
    await createTable(db, dialect, 'notes')
      .addColumn('id', type.text, (column) => column.primaryKey().notNull())
      .addColumn('title', type.text, (column) => column.notNull().unique())
      .addColumn('size', type.bigint, (column) => column.notNull().defaultTo(0))
      .execute();
    await createPositionedTable(db, dialect, 'ticks')
      .addColumn('label', type.text, (column) => column.notNull())
      .execute();
  },
};

function codeIs(code: string): (error: unknown) => boolean {
  return (error) => isKuraError(error) && error.code === code;
}

forEachDatabase((databases) => {
  let database: Database;
  before(async () => {
    database = await databases.open([notesMigration]);
  });
  after(() => database[Symbol.asyncDispose]());

  async function titles(): Promise<string[]> {
    const rows = await database.tables<Notes>().selectFrom('notes').select('title').orderBy('title').execute();
    return rows.map(({ title }) => title);
  }

  async function empty(): Promise<void> {
    await database.transaction(async (tx) => {
      await tx.tables<Notes>().deleteFrom('notes').execute();
    });
  }

  async function put(id: string, title = id, size = 0): Promise<void> {
    await database.transaction(async (tx) => {
      await tx.tables<Notes>().insertInto('notes').values({ id, title, size }).execute();
    });
  }

  describe('a transaction', () => {
    it('shows its changes to readers only after the commit', async () => {
      await empty();
      await database.transaction(async (tx) => {
        await tx.tables<Notes>().insertInto('notes').values({ id: 'a', title: 'a', size: 1 }).execute();
        assert.deepEqual(await titles(), []);
      });
      assert.deepEqual(await titles(), ['a']);
    });

    it('finds nothing in an empty list, and everything outside of it', async () => {
      await empty();
      await put('a');
      const notes = database.tables<Notes>().selectFrom('notes').select('id');
      const [inside, outside] = [notes.where('id', 'in', []), notes.where('id', 'not in', [])];
      assert.deepEqual([await inside.execute(), await outside.execute()], [[], [{ id: 'a' }]]);
      await database.transaction(async (tx) => {
        await tx.tables<Notes>().deleteFrom('notes').where('id', 'in', []).execute();
      });
      assert.deepEqual(await titles(), ['a']);
    });

    it('takes everything back when the work throws, and runs no commit hook', async () => {
      await empty();
      let hooked = false;
      await assert.rejects(
        database.transaction(async (tx) => {
          tx.onCommit(() => {
            hooked = true;
          });
          await tx.tables<Notes>().insertInto('notes').values({ id: 'a', title: 'a', size: 1 }).execute();
          throw new Error('changed my mind');
        }),
        /changed my mind/,
      );
      assert.deepEqual(await titles(), []);
      assert.equal(hooked, false);
    });

    it('rolls back when the signal aborts before the commit', async () => {
      await empty();
      const stop = new AbortController();
      await assert.rejects(
        database.transaction(
          async (tx) => {
            await tx.tables<Notes>().insertInto('notes').values({ id: 'a', title: 'a', size: 1 }).execute();
            stop.abort();
          },
          { signal: stop.signal },
        ),
        { name: 'AbortError' },
      );
      assert.deepEqual(await titles(), []);
    });

    it('runs hooks before and after the commit in order', async () => {
      await empty();
      const seen: string[] = [];
      await database.transaction(async (tx) => {
        tx.onCommit(() => seen.push('after'));
        tx.beforeCommit(async () => {
          await tx.tables<Notes>().insertInto('notes').values({ id: 'h', title: 'h', size: 1 }).execute();
          seen.push('before');
        });
        seen.push('work');
      });
      assert.deepEqual(seen, ['work', 'before', 'after']);
      assert.deepEqual(await titles(), ['h']);
    });

    it('refuses use after its end, through handles kept from inside as well', async () => {
      let kept: (() => Promise<unknown>) | undefined;
      let again: (() => unknown) | undefined;
      await database.transaction(async (tx) => {
        const tables = tx.tables<Notes>();
        kept = () => tables.selectFrom('notes').selectAll().execute();
        again = () => tx.tables<Notes>();
      });
      await assert.rejects(kept ?? assert.fail, codeIs('db.transaction-finished'));
      assert.throws(again ?? assert.fail, codeIs('db.transaction-finished'));
    });

    it('refuses another inside instead of waiting for itself', async () => {
      await assert.rejects(
        database.transaction(async () => database.transaction(async () => {})),
        codeIs('db.nested-transaction'),
      );
    });

    it('keeps every increment of many writers at once', async () => {
      await empty();
      await put('counter');
      await Promise.all(
        Array.from({ length: 20 }, () =>
          database.transaction(async (tx) => {
            const tables = tx.tables<Notes>();
            const { size } = await tables.selectFrom('notes').select('size').executeTakeFirstOrThrow();
            await tables
              .updateTable('notes')
              .set({ size: size + 1 })
              .execute();
          }),
        ),
      );
      const { size } = await database.tables<Notes>().selectFrom('notes').select('size').executeTakeFirstOrThrow();
      assert.equal(size, 20);
    });
  });

  it('waits for the disk except where told not to, and again from the next transaction on', async () => {
    const [setting, relaxed] =
      databases.dialect === 'sqlite' ? ['pragma synchronous', 1] : ['show synchronous_commit', 'off'];
    async function durability(options: TransactionOptions, title?: string): Promise<unknown> {
      return database.transaction(async (tx) => {
        if (title !== undefined)
          await tx.tables<Notes>().insertInto('notes').values({ id: title, title, size: 1 }).execute();
        const { rows } = await sql<Record<string, unknown>>`${sql.raw(setting)}`.execute(tx.tables());
        if (title === 'fails') throw new Error('no');
        return Object.values(rows[0] ?? {})[0];
      }, options);
    }
    await empty();
    // A server of PostgreSQL may itself be told not to wait; that of the tests is.
    const full = databases.dialect === 'sqlite' ? 2 : await durability({});
    assert.equal(await durability({ durability: 'relaxed' }, 'kept'), relaxed);
    assert.equal(await durability({}), full);
    await assert.rejects(durability({ durability: 'relaxed' }, 'fails'), /no/);
    assert.equal(await durability({ durability: 'full' }), full);
    const both = await Promise.all([durability({ durability: 'relaxed' }), durability({})]);
    assert.deepEqual(both, [relaxed, full]);
    assert.deepEqual(await titles(), ['kept']);
    await empty();
  });

  it('knows a unique violation from other errors', async () => {
    await empty();
    await put('a', 'same');
    await assert.rejects(put('b', 'same'), isUniqueViolation);
    await assert.rejects(put('a', 'other'), isUniqueViolation);
    await assert.rejects(sql`select * from nowhere`.execute(database.tables()), (error) => !isUniqueViolation(error));
  });

  it('refuses changes through the reading side', async () => {
    const error = await sql`delete from notes`.execute(database.tables()).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    assert.match(String(error), /readonly|read-only/);
  });

  it('reads sizes of terabytes exactly and refuses to round what is larger', async () => {
    await empty();
    await put('big', 'big', Number.MAX_SAFE_INTEGER);
    const sum = database
      .tables<Notes>()
      .selectFrom('notes')
      .select(({ fn }) => fn.sum<number>('size').as('total'));
    assert.deepEqual(await sum.executeTakeFirst(), { total: Number.MAX_SAFE_INTEGER });
    await put('more', 'more', 2);
    await assert.rejects(sum.executeTakeFirst());
  });

  it('sorts text by bytes, whatever the server thinks of languages', async () => {
    await empty();
    for (const title of ['ん', 'a', 'Z', 'ア', '蔵']) await put(title);
    assert.deepEqual(await titles(), ['Z', 'a', 'ん', 'ア', '蔵']);
  });

  it('gives positions that grow and are never used twice', async () => {
    async function tick(): Promise<number> {
      return database.transaction(async (tx) => {
        const insert = tx.tables<Notes>().insertInto('ticks').values({ label: 'x' }).returning('position');
        return (await insert.executeTakeFirstOrThrow()).position ?? 0;
      });
    }
    const first = await tick();
    await database.transaction(async (tx) => {
      await tx.tables<Notes>().deleteFrom('ticks').execute();
    });
    assert.ok((await tick()) > first);
  });

  it('finds nothing wrong with a sound database and names a missing migration', async () => {
    const later: Migration = { id: 'notes-0002-more', up: async () => {} };
    assert.deepEqual(await database.check({ migrations: [notesMigration] }), []);
    assert.deepEqual(await database.check({ migrations: [notesMigration, later] }), [
      { code: 'db.finding-migration-missing', params: { id: 'notes-0002-more' } },
    ]);
  });
});

describe('openDatabase', () => {
  it('refuses an address it does not know, without repeating the password', async () => {
    const open = openDatabase({ url: 'mysql://me:secret@host/x', clock: systemClock, random: systemRandom });
    await assert.rejects(open, (error) => isKuraError(error) && error.params['url'] === 'mysql://me@host/x');
  });

  it('says where no server answers', async () => {
    const url = 'postgres://me:secret@127.0.0.1:1/x';
    await assert.rejects(
      openDatabase({ url, clock: systemClock, random: systemRandom }),
      (error) =>
        isKuraError(error) && error.kind === 'unavailable' && error.params['where'] === 'postgres://me@127.0.0.1:1/x',
    );
  });
});
