import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { sql } from 'kysely';

import { systemClock, systemRandom } from '#kernel/clock';
import { isKuraError, type KuraError, toKuraError } from '#kernel/errors';
import { columnTypes, createTable, type Migration, openDatabase } from '#platform/db';
import { forEachDatabase, schemaOutline } from '#stand-ins/databases';

const first: Migration = {
  id: 'shelf-0001-begin',
  up: async (db, dialect) => {
    const type = columnTypes(dialect);
    await createTable(db, dialect, 'shelves')
      .addColumn('id', type.text, (column) => column.primaryKey().notNull())
      .addColumn('full', type.flag, (column) => column.notNull().defaultTo(0))
      .execute();
    await createTable(db, dialect, 'books')
      .addColumn('id', type.text, (column) => column.primaryKey().notNull())
      .addColumn('shelf', type.text, (column) => column.references('shelves.id').onDelete('cascade'))
      .addColumn('pages', type.bigint)
      .addColumn('weight', type.real)
      .addColumn('cover', type.binary)
      .execute();
    await db.schema.createIndex('books_by_shelf').on('books').columns(['shelf', 'pages']).execute();
  },
};

const second: Migration = {
  id: 'shelf-0002-title',
  up: async (db, dialect) => {
    await db.schema.alterTable('books').addColumn('title', columnTypes(dialect).text).execute();
  },
};

const broken: Migration = {
  id: 'shelf-0003-broken',
  up: async (db) => {
    await db.schema.dropTable('books').execute();
    await sql`select no_such_function()`.execute(db);
  },
};

function codeIs(code: string): (error: unknown) => boolean {
  return (error) => isKuraError(error) && error.code === code;
}

async function failureOf(promise: Promise<unknown>): Promise<KuraError> {
  try {
    await promise;
  } catch (error) {
    return toKuraError(error);
  }
  return assert.fail('it went through');
}

const outlines = new Map<string, readonly string[]>();

forEachDatabase((databases) => {
  it('goes from empty to complete, once', async () => {
    await using database = await databases.open();
    const { applied } = await database.migrate([first, second]);
    assert.deepEqual(applied, [first.id, second.id]);
    assert.deepEqual(await database.migrate([first, second]), { applied: [] });
    outlines.set(databases.dialect, await schemaOutline(database));
  });

  it('applies only what is new and takes in a new module before an old one', async () => {
    await using database = await databases.open([first]);
    const other: Migration = { id: 'attic-0001-begin', up: async () => {} };
    const { applied } = await database.migrate([other, first, second]);
    assert.deepEqual(applied, [other.id, second.id]);
  });

  it('undoes the whole upgrade when a step fails, and the step can be repaired later', async () => {
    await using database = await databases.open([first]);
    await assert.rejects(database.migrate([first, second, broken]), codeIs('db.migration-failed'));
    const outline = await schemaOutline(database);
    assert.ok(outline.includes('books.pages integer'));
    assert.ok(!outline.includes('books.title text'));
    assert.deepEqual((await database.migrate([first, second])).applied, [second.id]);
  });

  it('refuses a database from a newer program', async () => {
    await using database = await databases.open([first, second]);
    await assert.rejects(database.migrate([first]), codeIs('db.newer-than-program'));
  });

  it('notices a step slipped in before a released one', async () => {
    await using database = await databases.open([first, second]);
    const slipped: Migration = { id: 'shelf-0001-zero', up: async () => {} };
    await assert.rejects(database.migrate([first, slipped, second]), codeIs('db.migration-changed'));
  });

  it('refuses names out of order', async () => {
    await using database = await databases.open();
    await assert.rejects(database.migrate([second, first]), codeIs('db.migration-misnamed'));
  });

  it('lets two programs start at once: one migrates, the other finds it done', async () => {
    const url = await databases.freshUrl();
    const options = { url, clock: systemClock, random: systemRandom };
    await using one = await openDatabase(options);
    await using two = await openDatabase(options);
    const reports = await Promise.all([one.migrate([first]), two.migrate([first])]);
    assert.deepEqual(
      reports.flatMap(({ applied }) => applied),
      [first.id],
    );
  });
});

describe('both databases', () => {
  it('end in the same schema', () => {
    const sqlite = outlines.get('sqlite');
    assert.ok(sqlite !== undefined && sqlite.length >= 14, 'an outline was taken');
    assert.deepEqual(outlines.get('postgres'), sqlite);
  });
});

describe('an existing SQLite database', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kura-migrate-'));
  });
  after(() => rm(folder, { recursive: true }));

  it('is copied before an upgrade, and the error of a failed one names the copy', async () => {
    const url = `sqlite:${join(folder, 'kura.sqlite')}`;
    await using database = await openDatabase({ url, clock: systemClock, random: systemRandom });
    assert.equal((await database.migrate([first])).snapshot, undefined);
    await database.transaction(async (tx) => {
      await sql`insert into shelves (id) values ('s1')`.execute(tx.tables());
    });
    const failure = await failureOf(database.migrate([first, broken]));
    const copy = join(folder, 'run', (await readdir(join(folder, 'run'))).at(0) ?? 'none');
    assert.equal(failure.params['snapshot'], copy);
    await using restored = await openDatabase({ url: `sqlite:${copy}`, clock: systemClock, random: systemRandom });
    assert.deepEqual(await restored.check({ migrations: [first] }), []);
    const { rows } = await sql<{ id: string }>`select id from shelves`.execute(restored.tables());
    assert.deepEqual(
      rows.map(({ id }) => id),
      ['s1'],
    );
  });

  it('keeps rows that point to a table being rebuilt', async () => {
    const url = `sqlite:${join(folder, 'rebuild.sqlite')}`;
    await using database = await openDatabase({ url, clock: systemClock, random: systemRandom });
    await database.migrate([first]);
    await database.transaction(async (tx) => {
      await sql`insert into shelves (id) values ('s1')`.execute(tx.tables());
      await sql`insert into books (id, shelf) values ('b1', 's1')`.execute(tx.tables());
    });
    const rebuild: Migration = {
      id: 'shelf-0002-rebuild',
      up: async (db, dialect) => {
        await createTable(db, dialect, 'shelves_new')
          .addColumn('id', 'text', (c) => c.primaryKey().notNull())
          .execute();
        await sql`insert into shelves_new select id from shelves`.execute(db);
        await db.schema.dropTable('shelves').execute();
        await db.schema.alterTable('shelves_new').renameTo('shelves').execute();
      },
    };
    await database.migrate([first, rebuild]);
    const { rows } = await sql`select id from books where shelf = 's1'`.execute(database.tables());
    assert.equal(rows.length, 1);
  });
});
