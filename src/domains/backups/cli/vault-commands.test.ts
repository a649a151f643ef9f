import assert from 'node:assert/strict';
import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

import { runCommand } from '../testing/command-runner.ts';
import { noServers, noSources } from '../testing/open-backups.ts';
import { createTestHome } from '../testing/test-home.ts';

import { vaultCommands } from './vault-commands.ts';

const passphrase = 'correct horse battery staple';

function kura(argv: readonly string[], environmentPassphrase?: string) {
  return runCommand(
    vaultCommands({ passphrase: environmentPassphrase, storages: () => noServers, sources: noSources }),
    argv,
  );
}

async function folderWith(home: string, files: Readonly<Record<string, string>>): Promise<string> {
  const source = join(home, 'source');
  await mkdir(join(source, 'sub'), { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(source, name), text);
  return source;
}

describe('kura vault', () => {
  it('backs up, lists, verifies and restores exactly, with the passphrase from a file or the environment', async () => {
    await using home = await createTestHome();
    const source = await folderWith(home.path, { 'a.txt': 'alpha', 'sub/b.txt': 'beta', 'skip.tmp': 'x' });
    const key = home.at('key');
    await writeFile(key, `${passphrase}\n`);
    const repo = ['--repo', home.at('repo')];
    const made = await kura(['--json', 'vault', 'init', ...repo, '--passphrase-file', key]);
    assert.equal(made.code, 0, made.stderr);
    assert.equal(JSON.parse(made.stdout).encryption, 'aes256-gcm-hkdf-1mb');

    const stored = await kura(
      ['--json', 'vault', 'backup', source, ...repo, '--tag', 'nightly', '--exclude', '*.tmp'],
      passphrase,
    );
    assert.equal(stored.code, 0, stored.stderr);
    const backup = JSON.parse(stored.stdout);
    assert.equal(backup.files, 2);
    assert.equal(backup.bytes, 9);
    assert.ok(backup.newObjects >= 2 && backup.newBytes > 0 && backup.seconds > 0);

    const listed = JSON.parse((await kura(['--json', 'vault', 'snapshots', ...repo], passphrase)).stdout);
    assert.deepEqual(
      listed.snapshots.map(({ snapshot, tags }: { snapshot: string; tags: string[] }) => [snapshot, tags]),
      [[backup.snapshot, ['nightly']]],
    );

    const verified = await kura(['--json', 'vault', 'verify', ...repo, '--read-data'], passphrase);
    assert.equal(verified.code, 0);
    assert.deepEqual(JSON.parse(verified.stdout).errors, []);

    const target = home.at('back');
    const restored = await kura(['--json', 'vault', 'restore', 'latest', ...repo, '--target', target], passphrase);
    assert.equal(restored.code, 0, restored.stderr);
    assert.equal(JSON.parse(restored.stdout).files, 2);
    assert.equal(await readFile(join(target, 'sub/b.txt'), 'utf8'), 'beta');
  });

  it('refuses to make an open repository by mistake and names every way out', async () => {
    await using home = await createTestHome();
    const refused = await kura(['vault', 'init', '--repo', home.at('repo')]);
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /--passphrase-file/);
    assert.match(refused.stderr, /KURA_VAULT_PASSPHRASE/);
    assert.match(refused.stderr, /--no-encryption/);
    assert.deepEqual(await readdir(home.path), []);
    for (const way of [['--no-encryption'], ['--encryption', 'none']]) {
      const made = await kura(['--json', 'vault', 'init', '--repo', home.at(way.join('')), ...way]);
      assert.equal(JSON.parse(made.stdout).encryption, 'none');
    }
  });

  it('ends with exit code 2 without a passphrase and 1 with a wrong one', async () => {
    await using home = await createTestHome();
    const repo = ['--repo', home.at('repo')];
    await kura(['vault', 'init', ...repo], passphrase);
    assert.equal((await kura(['vault', 'snapshots', ...repo])).code, 2);
    assert.equal((await kura(['vault', 'snapshots', ...repo], 'wrong')).code, 1);
    assert.equal((await kura(['vault', 'snapshots', ...repo, '--passphrase-file', home.at('none')])).code, 2);
  });

  it('finds damage, names the files it costs, and ends with exit code 5', async () => {
    await using home = await createTestHome();
    const source = await folderWith(home.path, { 'a.txt': 'alpha'.repeat(1000) });
    const repo = ['--repo', home.at('repo')];
    await kura(['vault', 'init', ...repo, '--no-encryption']);
    await kura(['vault', 'backup', source, ...repo]);
    await flipLargestFile(home.at('repo', 'packs'));
    const verified = await kura(['--json', 'vault', 'verify', ...repo, '--read-data']);
    assert.equal(verified.code, 5);
    const { errors } = JSON.parse(verified.stdout);
    assert.ok(errors.length > 0);
    assert.match(verified.stderr, /damaged/i);
  });

  it('keeps existing files unless told otherwise, and refuses contradictions', async () => {
    await using home = await createTestHome();
    const source = await folderWith(home.path, { 'a.txt': 'alpha' });
    const repo = ['--repo', home.at('repo')];
    await kura(['vault', 'init', ...repo, '--no-encryption']);
    await kura(['vault', 'backup', source, ...repo]);
    await writeFile(join(source, 'a.txt'), 'changed');
    const restore = ['vault', 'restore', 'latest', ...repo, '--target', source];
    assert.equal((await kura(restore)).code, 1);
    assert.equal((await kura([...restore, '--skip-existing'])).code, 0);
    assert.equal(await readFile(join(source, 'a.txt'), 'utf8'), 'changed');
    assert.equal((await kura([...restore, '--skip-existing', '--overwrite'])).code, 2);
    assert.equal((await kura([...restore, '--overwrite'])).code, 0);
    assert.equal(await readFile(join(source, 'a.txt'), 'utf8'), 'alpha');
  });

  it('leaves out what rules and a file of patterns say, and rehearses a restore that would delete', async () => {
    await using home = await createTestHome();
    const source = await folderWith(home.path, { 'a.txt': 'alpha', 'b.tmp': 'x', large: 'x'.repeat(3000) });
    const repo = ['--repo', home.at('repo')];
    await kura(['vault', 'init', ...repo, '--no-encryption']);
    await writeFile(home.at('patterns'), '# caches\n*.tmp\n');
    const rules = ['--exclude-file', home.at('patterns'), '--exclude-larger-than', '2.5 KiB', '--one-file-system'];
    const stored = await kura(['--json', 'vault', 'backup', source, ...repo, ...rules, '--exclude-caches']);
    assert.deepEqual([stored.code, JSON.parse(stored.stdout).files], [0, 1]);
    assert.equal((await kura(['vault', 'backup', source, ...repo, '--exclude-file', home.at('none')])).code, 2);
    assert.equal((await kura(['vault', 'backup', source, ...repo, '--exclude-larger-than', 'much'])).code, 2);

    await writeFile(join(source, 'late'), '');
    const restore = ['--json', 'vault', 'restore', 'latest', ...repo, '--target', source, '--delete-extra'];
    const { deletedPaths, unchanged, dryRun } = JSON.parse((await kura([...restore, '--dry-run'])).stdout);
    assert.deepEqual([deletedPaths, unchanged, dryRun], [['late'], 1, true]);
    assert.equal((await kura([...restore, '--owners', 'mine', '--exclude', 'sub'])).code, 0);
    assert.deepEqual((await readdir(source)).sort(), ['a.txt', 'b.tmp', 'large', 'sub']);
  });

  it('says which files could not be kept as they are and ends with exit code 3', async () => {
    await using home = await createTestHome();
    const source = await folderWith(home.path, { 'a.txt': 'alpha', 'busy.log': 'x'.repeat(64 << 20) });
    const repo = ['--repo', home.at('repo')];
    await kura(['vault', 'init', ...repo, '--no-encryption']);
    const writer = await keepWriting(join(source, 'busy.log'));
    const stored = await kura(['--json', 'vault', 'backup', source, ...repo]);
    await writer.terminate();
    assert.equal(stored.code, 3, stored.stderr);
    const { problems, result, files } = JSON.parse(stored.stdout);
    assert.deepEqual([result, files, problems.length], ['partial', 2, 1]);
    assert.equal(problems[0].path, 'busy.log');
    assert.match(problems[0].message, /kept changing/);
  });

  it('ends with an error and keeps the repository when the source is gone', async () => {
    await using home = await createTestHome();
    const source = await folderWith(home.path, { 'a.txt': 'alpha' });
    const repo = ['--repo', home.at('repo')];
    await kura(['vault', 'init', ...repo, '--no-encryption']);
    await rm(source, { recursive: true });
    const stored = await kura(['--json', 'vault', 'backup', source, ...repo, '--lang', 'ja']);
    assert.equal(stored.code, 1);
    assert.equal(JSON.parse(stored.stdout).error.code, 'vault.source-missing');
    assert.equal((await kura(['vault', 'verify', ...repo])).code, 0);
  });
});

/** Without a pause, so that no reader finds one to read in. */
async function keepWriting(path: string): Promise<Worker> {
  const lines = "const { appendFileSync } = require('node:fs'); for (;;) appendFileSync(workerData, 'more');";
  const worker = new Worker(`const { workerData } = require('node:worker_threads'); ${lines}`, {
    eval: true,
    workerData: path,
  });
  const { size } = await stat(path);
  while ((await stat(path)).size === size) await setImmediate();
  return worker;
}

async function flipLargestFile(folder: string): Promise<void> {
  const names = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const contents = await Promise.all(
    names.map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      return { path, content: await readFile(path) };
    }),
  );
  const [largest] = contents.toSorted((a, b) => b.content.length - a.content.length);
  assert.ok(largest);
  const middle = largest.content.length >> 1;
  largest.content[middle] = (largest.content[middle] ?? 0) ^ 0x40;
  await chmod(largest.path, 0o600);
  await writeFile(largest.path, largest.content);
}
