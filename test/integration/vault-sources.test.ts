/** `kura vault backup` of databases that are being written to, and of what programs say. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { vaultCommands } from '#backups';
import { snapshotSqlite } from '#platform/db';
import { unlessInstalled } from '#stand-ins/child-server';
import { debianPostgresPrograms, startDebianPostgres } from '#stand-ins/debian-postgres';
import { startPostgres } from '#stand-ins/postgres';
import { runCommand } from '../../src/domains/backups/testing/command-runner.ts';
import { makeVault, noServers } from '../../src/domains/backups/testing/open-backups.ts';
import { createTestHome, type TestHome } from '../../src/domains/backups/testing/test-home.ts';

interface Answer {
  readonly code: number;
  readonly stderr: string;
  readonly document: Readonly<Record<string, unknown>>;
}

async function kura(environment: NodeJS.ProcessEnv, ...argv: readonly string[]): Promise<Answer> {
  const sources = { environment: { PATH: process.env['PATH'], ...environment }, copySqlite: snapshotSqlite };
  const commands = vaultCommands({ passphrase: undefined, storages: () => noServers, sources });
  const { code, stderr, stdout } = await runCommand(commands, ['--json', '--lang', 'en', 'vault', ...argv]);
  const document: unknown = stdout === '' ? {} : JSON.parse(stdout);
  return { code, stderr, document: document as Readonly<Record<string, unknown>> };
}

async function snapshotsIn(repo: string): Promise<readonly unknown[]> {
  const { document } = await kura({}, 'snapshots', '--repo', repo);
  return document['snapshots'] as readonly unknown[];
}

async function restored(home: TestHome, repo: string, name: string): Promise<string> {
  const target = home.at('back');
  const done = await kura({}, 'restore', 'latest', '--repo', repo, '--target', target, '--overwrite');
  assert.equal(done.code, 0, done.stderr);
  return home.at('back', name);
}

describe('a command as source', () => {
  it('is stored under its name when it ends well, however much it says', async () => {
    await using home = await createTestHome();
    const repo = await makeVault(home.at('repo'));
    const script = 'yes 0123456789abcdef | head -c 9000000';
    const done = await kura({}, 'backup', 'command:lines.txt', '--repo', repo, '--', 'sh', '-c', script);
    assert.deepEqual([done.code, done.document['files'], done.document['bytes']], [0, 1, 9_000_000], done.stderr);
    const text = await readFile(await restored(home, repo, 'lines.txt'), 'utf8');
    assert.equal(text, '0123456789abcdef\n'.repeat(600_000).slice(0, 9_000_000));
  });

  it('makes no snapshot when it fails, is killed, or cannot be started', async () => {
    await using home = await createTestHome();
    const repo = await makeVault(home.at('repo'));
    const half = 'head -c 500000 /dev/zero; echo the disk is gone >&2;';
    for (const [words, told] of [
      [['sh', '-c', `${half} exit 3`], /ended with 3: the disk is gone/],
      [['sh', '-c', `${half} kill -9 $$`], /ended with SIGKILL/],
      [['no-such-program'], /was not found/],
    ] as const) {
      const failed = await kura({}, 'backup', 'command:half', '--repo', repo, '--', ...words);
      assert.equal(failed.code, 1);
      assert.match(failed.stderr, told);
    }
    assert.deepEqual(await snapshotsIn(repo), []);
    assert.equal((await kura({}, 'backup', 'command:x', '--repo', repo)).code, 2);
    assert.equal((await kura({}, 'backup', 'command:../x', '--repo', repo, '--', 'true')).code, 2);
    const choosing = await kura({}, 'backup', 'command:x', '--exclude', 'y', '--repo', repo, '--', 'true');
    assert.match(choosing.stderr, /do not apply/);
  });

  it('is partly done where its exit code is named as a warning', async () => {
    await using home = await createTestHome();
    const repo = await makeVault(home.at('repo'));
    const words = ['sh', '-c', 'echo content; echo one table was skipped >&2; exit 3'];
    const done = await kura({}, 'backup', 'command:dump', '--warn-exit-codes', '1,3', '--repo', repo, '--', ...words);
    assert.equal(done.code, 3, done.stderr);
    assert.equal(done.document['result'], 'partial');
    assert.match(JSON.stringify(done.document['problems']), /vault\.source-warned.*one table was skipped/);
    assert.equal(await readFile(await restored(home, repo, 'dump'), 'utf8'), 'content\n');
  });
});

describe('a SQLite database as source', () => {
  it('is one state of a database in use, with what only its log holds', async () => {
    await using home = await createTestHome();
    const repo = await makeVault(home.at('repo'));
    using living = new DatabaseSync(home.at('shop.db'));
    living.exec(`pragma journal_mode = wal; pragma wal_autocheckpoint = 0;
      create table account (id integer primary key, money integer, padding blob);
      with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000)
      insert into account select i, 100, randomblob(1000) from n;`);
    const move = living.prepare('update account set money = money + ? where id = ?');
    const stop = new AbortController();
    let moves = 0;
    async function keepMoving(): Promise<void> {
      for (; !stop.signal.aborted; moves += 1) {
        living.exec('begin');
        move.run(-1, 1 + (moves % 3000));
        move.run(1, 1 + ((moves * 7 + 1) % 3000));
        living.exec('commit');
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
    const moving = keepMoving();
    const done = await kura({}, 'backup', `sqlite:${home.at('shop.db')}`, '--repo', repo);
    stop.abort();
    await moving;
    assert.equal(done.code, 0, done.stderr);
    assert.ok(moves > 0);
    using copy = new DatabaseSync(await restored(home, repo, 'shop.db'));
    assert.deepEqual({ ...copy.prepare('pragma integrity_check').get() }, { integrity_check: 'ok' });
    const sums = copy.prepare('select count(*) as accounts, sum(money) as money from account').get();
    assert.deepEqual({ ...sums }, { accounts: 3000, money: 300_000 });
  });

  it('is refused when it is missing or none, and nothing is made in its place', async () => {
    await using home = await createTestHome();
    const repo = await makeVault(home.at('repo'));
    const missing = await kura({}, 'backup', `sqlite:${home.at('none.db')}`, '--repo', repo);
    assert.match(missing.stderr, /does not exist/);
    await assert.rejects(readFile(home.at('none.db')), { code: 'ENOENT' });
    const other = await kura({}, 'backup', `sqlite:${home.at('repo', 'config')}`, '--repo', repo);
    assert.match(other.stderr, /cannot be copied as a SQLite database/);
    assert.deepEqual(await snapshotsIn(repo), []);
  });
});

describe('a PostgreSQL database as source', () => {
  const skip = unlessInstalled('PostgreSQL', debianPostgresPrograms());
  it('is one state of a database in use, and can be loaded again', { skip }, async () => {
    await using home = await createTestHome();
    const repo = await makeVault(home.at('repo'));
    await using server = await startDebianPostgres();
    await server.client('psql', ['-q', '-d', 'postgres', '-c', 'create database shop', '-c', 'create database again']);
    const setUp = `create table account as select i as id, 100 as money, repeat(md5(i::text), 20) as padding
      from generate_series(1, 5000) i`;
    await server.client('psql', ['-q', '-d', 'shop', '-c', setUp]);
    const move = `update account set money = money + case when id = 1 then -1 else 1 end where id in (1, 2)`;
    const moving = server.client('psql', [
      '-q',
      '-d',
      'shop',
      ...Array.from({ length: 300 }, () => ['-c', move]).flat(),
    ]);
    const address = `postgres://${server.user}@127.0.0.1:${server.port}/shop`;
    const done = await kura({}, 'backup', address, '--repo', repo);
    await moving;
    assert.equal(done.code, 0, done.stderr);
    await server.client('pg_restore', ['-d', 'again', await restored(home, repo, 'shop.pgdump')]);
    const sum = await server.client('psql', ['-At', '-d', 'again', '-c', 'select count(*), sum(money) from account']);
    assert.equal(sum.trim(), '5000|500000');
  });

  it('makes no snapshot when pg_dump refuses, and takes no password from the command line', { skip }, async () => {
    await using home = await createTestHome();
    const repo = await makeVault(home.at('repo'));
    await using newer = await startPostgres();
    const url = new URL(await newer.createDatabase());
    const shown = await kura({}, 'backup', url.href, '--repo', repo);
    assert.equal(shown.code, 4);
    assert.doesNotMatch(shown.stderr, new RegExp(`:${url.password}@`));
    const { password } = url;
    url.password = '';
    for (const PGPASSWORD of [password, 'wrong']) {
      const refused = await kura({ PGPASSWORD }, 'backup', url.href, '--repo', repo);
      assert.equal(refused.code, 1);
      assert.match(refused.stderr, /pg_dump ended with 1/);
    }
    assert.deepEqual(await snapshotsIn(repo), []);
  });
});
