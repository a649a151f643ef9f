/** `kura vault` and registered copies on repositories that lie on servers: all of it through the wiring of the product. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';

import { configuredStorages, storagesAtTerminal } from '#app/configured-storages';
import { vaultCommands } from '#backups';
import type { StorageOpener } from '#backups/ports';
import { loadConfig } from '#platform/config';
import { testActor } from '#platform/unit-of-work/testing';
import { unlessInstalled } from '#stand-ins/child-server';
import { s3Credentials, startS3 } from '#stand-ins/s3';
import { sshdProgram, startSshd } from '#stand-ins/sshd';
import { runCommand } from '../../src/domains/backups/testing/command-runner.ts';
import { never, noSources, openBackups, writeTree } from '../../src/domains/backups/testing/open-backups.ts';
import { createTestHome, type TestHome } from '../../src/domains/backups/testing/test-home.ts';

/** As a person would: the address typed, logins in a file that the environment names. Without encryption, which costs most. */
async function takeThere(home: TestHome, address: string, environment: NodeJS.ProcessEnv): Promise<void> {
  function storages(): StorageOpener {
    return storagesAtTerminal(home.path, environment);
  }
  async function kura(...argv: readonly string[]): Promise<Record<string, unknown>> {
    const done = await runCommand(vaultCommands({ passphrase: undefined, storages, sources: noSources }), [
      '--json',
      'vault',
      ...argv,
    ]);
    assert.equal(done.code, 0, done.stderr);
    assert.doesNotMatch(`${done.stdout}${done.stderr}`, /S3RVER|PRIVATE KEY/);
    const parsed: unknown = JSON.parse(done.stdout);
    return parsed as Record<string, unknown>;
  }

  const source = await writeTree(home.at('source'), { 'a.txt': 'alpha', 'sub/b.bin': Buffer.alloc(300_000, 7) });
  const repo = ['--repo', address];
  await kura('init', '--no-encryption', ...repo);
  assert.equal((await kura('backup', source, ...repo))['files'], 2);
  assert.deepEqual((await kura('verify', ...repo, '--read-data'))['errors'], []);
  await kura('restore', 'latest', ...repo, '--target', home.at('back'));
  assert.equal(await readFile(home.at('back', 'a.txt'), 'utf8'), 'alpha');
  await kura('copy', ...repo, '--to', await initialised(home));

  async function initialised(place: TestHome): Promise<string> {
    await kura('init', '--no-encryption', '--repo', place.at('second'));
    return place.at('second');
  }
}

async function credentialsFile(home: TestHome, logins: object): Promise<string> {
  await writeFile(home.at('logins.json'), JSON.stringify(logins));
  return home.at('logins.json');
}

function rcloneProgram(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  return folders.map((folder) => path.join(folder, 'rclone')).find((file) => existsSync(file));
}

describe('kura vault on servers', () => {
  it('keeps a repository in a bucket, and copies it from there', async () => {
    await using home = await createTestHome();
    await using server = await startS3();
    const address = `s3:http://127.0.0.1:${server.port}/${server.bucket}/kura`;
    const KURA_BACKUPS_CREDENTIALS_FILE = await credentialsFile(home, { [address]: s3Credentials });
    await takeThere(home, address, { KURA_BACKUPS_CREDENTIALS_FILE });
  });

  it('keeps a repository on an SFTP server', { skip: unlessInstalled('OpenSSH server', sshdProgram()) }, async () => {
    await using home = await createTestHome();
    await using server = await startSshd();
    await writeFile(home.at('key'), server.privateKey, { mode: 0o600 });
    const host = `sftp://${server.user}@127.0.0.1:${server.port}`;
    const KURA_BACKUPS_CREDENTIALS_FILE = await credentialsFile(home, { [host]: { privateKeyFile: home.at('key') } });
    await takeThere(home, `${host}${server.folder}/kura?host-key=${server.hostKey}`, { KURA_BACKUPS_CREDENTIALS_FILE });
  });

  it('keeps a repository behind rclone', { skip: unlessInstalled('rclone', rcloneProgram()) }, async () => {
    await using home = await createTestHome();
    await writeFile(home.at('rclone.conf'), `[store]\ntype = alias\nremote = ${home.at('far')}\n`);
    await takeThere(home, 'rclone:store:kura', { RCLONE_CONFIG: home.at('rclone.conf'), PATH: process.env['PATH'] });
  });
});

describe('a registered copy on a server', () => {
  it('is written, verified and seen, where the configuration names its host and its login', async () => {
    await using home = await createTestHome();
    await using server = await startS3();
    const repository = `s3:http://127.0.0.1:${server.port}/${server.bucket}/kura`;
    const logins = JSON.stringify({ [repository]: s3Credentials });
    const environment = { KURA_BACKUPS_CREDENTIALS: logins, KURA_BACKUPS_HOSTS: '127.0.0.1' };
    const { config } = loadConfig({ home: home.path, environment });
    await runCommand(
      vaultCommands({
        passphrase: undefined,
        storages: () => storagesAtTerminal(home.path, environment),
        sources: noSources,
      }),
      ['vault', 'init', '--no-encryption', '--repo', repository],
    );

    const url = `sqlite:${home.at('kura.db')}`;
    const source = await writeTree(home.at('source'), { a: 'a' });
    const storages = configuredStorages(config, environment);
    await using open = await openBackups({ url, home: home.path, storages });
    const job = { key: 'library', site: 'main', everyHours: 24, verifyEveryDays: 30, source };
    await open.backups.protect(testActor, job);
    const copy = { site: 'osaka', media: 'cloud', offline: false, rotationDays: 30, repository } as const;
    const added = await open.backups.addCopy(testActor, 'library', copy);
    assert.equal(added.name, 'kura');
    const { runs } = await open.backups.run(testActor, { job: 'library', signal: never });
    assert.deepEqual(
      runs.map(({ result }) => result),
      ['success'],
    );
    const { verifications } = await open.backups.verify(testActor, { job: 'library', kind: 'data', signal: never });
    assert.deepEqual(
      verifications.map(({ result }) => result),
      ['passed'],
    );

    const strict = configuredStorages({ ...config, backups: { ...config.backups, hosts: '' } }, environment);
    await using closed = await openBackups({ url, home: home.path, storages: strict });
    const again = await closed.backups.run(testActor, { job: 'library', signal: never });
    assert.deepEqual(
      again.runs.map(({ error }) => error?.code),
      ['outbound.refused'],
      'no private host by itself',
    );
  });
});
