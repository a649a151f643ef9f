import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, open, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';

import { sql } from 'kysely';

import { systemClock, systemRandom } from '#kernel/clock';
import { isKuraError } from '#kernel/errors';
import { createTable, type Database, type DatabaseProbe, type Migration, openDatabase } from '#platform/db';

interface Words {
  words: { word: string };
}

const words: Migration = {
  id: 'words-0001-begin',
  up: async (db, dialect) => {
    await createTable(db, dialect, 'words')
      .addColumn('word', 'text', (column) => column.notNull())
      .execute();
  },
};

describe('a SQLite database', () => {
  let folder: string;
  let path: string;
  let database: Database;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kura-sqlite-'));
    path = join(folder, 'kura.sqlite');
    database = await openDatabase({ url: `sqlite:${path}`, clock: systemClock, random: systemRandom });
    await database.migrate([words]);
  });
  after(async () => {
    await database[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  async function insert(count: number): Promise<void> {
    await database.transaction(async (tx) => {
      const values = Array.from({ length: count }, (_, index) => ({ word: `word-${index}` }));
      await tx.tables<Words>().insertInto('words').values(values).execute();
    });
  }

  it('belongs to its owner alone', async () => {
    assert.equal((await stat(path)).mode & 0o077, 0);
  });

  it('promises durability for commits and checks foreign keys', async () => {
    const { rows } = await database.transaction((tx) =>
      sql`select (select synchronous from pragma_synchronous) s, (select foreign_keys from pragma_foreign_keys) f,
        (select journal_mode from pragma_journal_mode) j`.execute(tx.tables()),
    );
    assert.deepEqual({ ...Object(rows[0]) }, { s: 2, f: 1, j: 'wal' });
  });

  it('waits for another process that is writing instead of failing', async () => {
    const held = new DatabaseSync(path);
    held.exec('begin immediate');
    const writing = insert(1);
    const first = await Promise.race([writing.then(() => 'written'), readOnce(database)]);
    assert.equal(first, 'read', 'reading goes on, writing waits');
    held.exec('commit');
    held.close();
    await writing;
  });

  it('gives up in the end when another process never lets go', async () => {
    const held = new DatabaseSync(path);
    held.exec('begin immediate');
    let minutes = 0;
    const impatient = { now: () => 0, monotonic: () => (minutes += 60_000) };
    await using second = await openDatabase({ url: `sqlite:${path}`, clock: impatient, random: systemRandom });
    await assert.rejects(
      second.transaction(async () => {}),
      (error) => isKuraError(error) && error.code === 'db.busy',
    );
    held.close();
  });

  it('says that the disk is full and keeps what was there', async () => {
    const before = await countWords(database);
    await assert.rejects(
      database.transaction(async (tx) => {
        await sql`pragma max_page_count = 1`.execute(tx.tables());
        const values = Array.from({ length: 500 }, () => ({ word: 'x'.repeat(4000) }));
        await tx.tables<Words>().insertInto('words').values(values).execute();
      }),
      (error) => isKuraError(error) && error.code === 'db.disk-full',
    );
    await database.transaction((tx) => sql`pragma max_page_count = 1000000`.execute(tx.tables()));
    assert.equal(await countWords(database), before);
    await insert(1);
  });

  it('says why a commit failed although SQLite has rolled back by itself', async () => {
    const before = await countWords(database);
    await assert.rejects(
      database.transaction(async (tx) => {
        await tx
          .tables<Words>()
          .insertInto('words')
          .values([{ word: 'lost' }])
          .execute();
        await sql`rollback`.execute(tx.tables());
      }),
      /cannot commit/,
    );
    assert.equal(await countWords(database), before);
    await insert(1);
  });

  it('lets readers see new rows while a stream is still open', async () => {
    await insert(3);
    const stream = database.tables<Words>().selectFrom('words').selectAll().stream();
    await stream.next();
    const before = await countWords(database);
    await insert(1);
    assert.equal(await countWords(database), before + 1);
    await stream.return?.();
  });

  it('copies itself while being written to; the copy is one sound file', async () => {
    await insert(2000);
    const to = join(folder, 'copies', 'copy.sqlite');
    const [made] = await Promise.all([database.snapshot(to), insert(500)]);
    assert.equal(made.sizeBytes, (await stat(to)).size);
    assert.deepEqual(await readdir(join(folder, 'copies')), ['copy.sqlite']);
    await using copy = await openDatabase({ url: `sqlite:${to}`, clock: systemClock, random: systemRandom });
    assert.deepEqual(await copy.check({ migrations: [words] }), []);
    assert.ok((await countWords(copy)) >= 2000);
  });

  it('reports damage', async () => {
    const to = join(folder, 'damaged.sqlite');
    await insert(5000);
    const { sizeBytes } = await database.snapshot(to);
    const file = await open(to, 'r+');
    await file.write(Buffer.alloc(2000, 0xa5), 0, 2000, Math.floor(sizeBytes / 8192) * 4096 + 16);
    await file.close();
    await using damaged = await openDatabase({ url: `sqlite:${to}`, clock: systemClock, random: systemRandom });
    const codes = (await damaged.check()).map(({ code }) => code);
    assert.ok(codes.includes('db.finding-structure'), codes.join());
  });

  it('calls damage that a query runs into by its name, and a check made of it a finding', async () => {
    const to = join(folder, 'unreadable.sqlite');
    await insert(5000);
    const { sizeBytes } = await database.snapshot(to);
    const file = await open(to, 'r+');
    for (let at = 8 * 4096; at < sizeBytes; at += 4096) await file.write(Buffer.alloc(4096, 0xa5), 0, 4096, at);
    await file.close();
    await using damaged = await openDatabase({ url: `sqlite:${to}`, clock: systemClock, random: systemRandom });
    await assert.rejects(
      damaged.tables<Words>().selectFrom('words').selectAll().execute(),
      (error) => isKuraError(error) && error.code === 'db.damaged' && error.facts.exitCode === 5,
    );
    const probe: DatabaseProbe = {
      async find(reads) {
        await reads.tables<Words>().selectFrom('words').selectAll().execute();
        return [];
      },
    };
    const findings = await damaged.check({ probes: [probe] });
    assert.match(String(findings.at(-1)?.params['detail']), /malformed/);
  });

  it('keeps what was committed when the process is killed', async () => {
    const script = `
      import { openDatabase } from '#platform/db';
      import { systemClock, systemRandom } from '#kernel/clock';
      const db = await openDatabase({ url: 'sqlite:${path}', clock: systemClock, random: systemRandom });
      await db.transaction((tx) => tx.tables().insertInto('words').values({ word: 'kept' }).execute());
      await db.transaction(async (tx) => {
        await tx.tables().insertInto('words').values({ word: 'lost' }).execute();
        process.kill(process.pid, 'SIGKILL');
        await new Promise((resolve) => setTimeout(resolve, 10_000));
      });`;
    const run = promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    await assert.rejects(run, { signal: 'SIGKILL' });
    const rows = await database
      .tables<Words>()
      .selectFrom('words')
      .select('word')
      .where('word', 'in', ['kept', 'lost'])
      .execute();
    assert.deepEqual(
      rows.map(({ word }) => word),
      ['kept'],
    );
  });
});

async function readOnce(database: Database): Promise<string> {
  await countWords(database);
  return 'read';
}

async function countWords(database: Database): Promise<number> {
  const query = database
    .tables<Words>()
    .selectFrom('words')
    .select(({ fn }) => fn.countAll<number>().as('count'));
  return (await query.executeTakeFirstOrThrow()).count;
}
