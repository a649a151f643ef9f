/** Kura's own backup, the drill that proves it, and the way back to an empty machine – on both databases. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { after, before, describe, it } from 'node:test';

import { type AppContext, openContext } from '#app/context';
import { type StandUp, type StoodUpKura, standUp } from '#app/recovery/stand-up';
import { restoreImage } from '#backups';
import { createLocalDiskStorage, openVault } from '#engines/vault';
import { localCaller } from '#platform/access';
import { createOutput } from '#platform/cli';
import { readManifest } from '#platform/recovery';
import type { Actor } from '#platform/unit-of-work';
import { unlessInstalled } from '#stand-ins/child-server';
import { type DebianPostgres, debianPostgresPrograms, startDebianPostgres } from '#stand-ins/debian-postgres';

const never = new AbortController().signal;
const kura: Actor = { kind: 'system', id: 'kura', name: 'Kura' };
const noServers = { open: () => Promise.reject(new Error('no servers in this test')) };
const noCivitai = { KURA_CIVITAI_URL: 'http://127.0.0.1:1' };
const checks = { sqlite: true, safetensors: false, command: [] };
const names = [
  'recovery-image',
  'recovery-counts',
  'recovery-database',
  'recovery-audit',
  'recovery-secrets',
  'recovery-search',
];

type Environment = Readonly<Record<string, string>>;

function openKura(home: string, environment: Environment = {}): Promise<AppContext> {
  const globals = { home, json: false, language: 'en', quiet: true, color: false, server: undefined } as const;
  const silent = { stdout: new PassThrough(), stderr: new PassThrough() };
  const out = createOutput({ json: true, quiet: true, ...silent, now: () => 0 });
  return openContext({ home, environment: { ...noCivitai, ...environment }, globals, command: 'test', out });
}

/** A Kura with something of every kind to lose. */
async function fill({ home, knowledge, database, unitOfWork }: AppContext): Promise<void> {
  await writeFile(join(home.root, 'kura.yaml'), 'mail:\n  from: kura@example.org\ncivitai:\n  token: hidden-word\n');
  await mkdir(join(home.knowledge, 'attachments', 'ab'), { recursive: true });
  await writeFile(join(home.knowledge, 'attachments', 'ab', 'picture'), 'an attachment');
  await mkdir(join(home.quarantine, 'bad'));
  await writeFile(join(home.quarantine, 'bad', 'model.ckpt'), 'a dangerous file');
  await writeFile(join(home.cache, 'fetched'), 'can be fetched again');
  const entry = join(home.cache, 'disk.md');
  await writeFile(entry, '---\ntitle: ディスク交換の手順\ntype: change\n---\n予備のディスクに交換する。\n');
  await knowledge.importFiles(localCaller('kura'), [entry], { signal: never });
  assert.ok(database.dialect === 'sqlite' || database.dialect === 'postgres');
  await unitOfWork.write(kura, (tx) =>
    tx.audit({ action: 'test.filled', subject: { kind: 'test', id: 'fill' }, result: 'done' }),
  );
}

function masterKeyIn({ storedSecrets }: AppContext): string {
  return Buffer.from(storedSecrets.master().value).toString('base64url');
}

async function backUp({ backups }: AppContext): Promise<string> {
  const done = await backups.recovery.backUp(kura, { signal: never });
  assert.deepEqual(
    done?.runs.map(({ result, error }) => [result, error]),
    [['success', null]],
  );
  return (await backups.register.readCopy('kura', 'own')).repository;
}

async function drill({ backups }: AppContext) {
  const [ended] = await backups.proof.drills.runNow(
    kura,
    'kura',
    { kind: 'full', files: 20, checks },
    { signal: never },
  );
  assert.ok(ended !== undefined);
  return ended;
}

function standUpFrom(
  repository: string,
  wish: Pick<StandUp, 'home' | 'masterKey' | 'environment'>,
): Promise<StoodUpKura> {
  const from = { repository, snapshot: undefined, passphraseFile: undefined };
  return standUp({ ...wish, from, storages: noServers, signal: never, onProgress: () => undefined });
}

async function textsIn(folder: string): Promise<string> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const texts = files
    .filter((file) => file.isFile())
    .map((file) => readFile(join(file.parentPath, file.name), 'latin1'));
  return (await Promise.all(texts)).join('\n');
}

describe('an own backup on SQLite', () => {
  let folder: string;
  let site: AppContext;
  let repository: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kura-recovery-'));
    site = await openKura(join(folder, 'home'), {
      KURA_RECOVERY_KEEP_HOURLY: '0',
      KURA_RECOVERY_KEEP_DAILY: '1',
      KURA_RECOVERY_KEEP_WEEKLY: '0',
      KURA_RECOVERY_KEEP_MONTHLY: '0',
    });
    await fill(site);
    repository = await backUp(site);
  });
  after(async () => {
    await site[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  async function image(name: string): Promise<string> {
    const target = join(folder, name);
    const rest = { passphraseFile: undefined, passphrase: undefined, snapshot: undefined, onProgress: () => undefined };
    await restoreImage({ repository, target, storages: noServers, signal: never, ...rest });
    return target;
  }

  it('is a job like any other, with a vault and tests of its own from the first time on', async () => {
    const job = await site.backups.register.read('kura');
    assert.deepEqual([job.source, job.criticality], [`kura:${site.home.root}`, 'critical']);
    const plans = await site.backups.proof.testPlans.list('kura');
    assert.deepEqual(
      new Set(plans.map(({ kind, automatic }) => `${kind} ${automatic}`)),
      new Set(['full true', 'integrity true']),
    );
    const status = await site.backups.recovery.status(site.translators.en);
    assert.equal(status.newest?.copy, 'own');
    assert.equal(status.nextRun, null);
    await site.backups.start(kura);
    assert.notEqual((await site.backups.recovery.status(site.translators.en)).nextRun, null);
  });

  it('holds what is truth, nothing that can be fetched again, and no secret in the clear', async () => {
    const restored = await image('restored');
    const { counts, files, sealed } = await readManifest(restored);
    assert.equal(counts['knowledge_entries'], 1);
    assert.equal(files.count, 2);
    assert.deepEqual(
      sealed.map(({ path }) => path),
      ['sealed/kura.yaml', 'sealed/run/audit/key.pem'],
    );
    const all = await textsIn(restored);
    assert.match(all, /a dangerous file[^]*an attachment|an attachment[^]*a dangerous file/);
    for (const secret of [/hidden-word/, /PRIVATE KEY/, /can be fetched again/, new RegExp(masterKeyIn(site))]) {
      assert.doesNotMatch(all, secret);
    }
  });

  it('passes a drill that stands it up, with a signed record of what was measured', async () => {
    const { id, result, facts } = await drill(site);
    assert.equal(result, 'passed', JSON.stringify(facts));
    assert.deepEqual(
      facts.checks.slice(0, names.length).map(({ check, passed }) => [check, passed]),
      names.map((name) => [name, true]),
    );
    assert.ok(facts.rtoSeconds !== null && facts.rtoSeconds > 0 && facts.rpoSeconds !== null);
    const { revisions } = await site.backups.proof.drills.read(id);
    assert.deepEqual(
      revisions.map(({ valid }) => valid),
      [true],
    );
    assert.deepEqual(await readdir(join(site.home.run, 'restore-test')), []);
  });

  it('comes back on an empty machine with the recovery kit, and goes on there', async () => {
    const home = join(folder, 'new');
    const { manifest, checks: looked } = await standUpFrom(repository, {
      home,
      masterKey: masterKeyIn(site),
      environment: noCivitai,
    });
    assert.deepEqual(
      looked.map(({ check, passed }) => [check, passed]),
      names.slice(1).map((name) => [name, true]),
    );
    assert.equal(manifest.home, site.home.root);
    assert.equal(await readFile(join(home, 'quarantine', 'bad', 'model.ckpt'), 'utf8'), 'a dangerous file');
    assert.equal(await readFile(join(home, 'knowledge', 'attachments', 'ab', 'picture'), 'utf8'), 'an attachment');
    await using back = await openKura(home);
    assert.equal(back.settings.loaded().config.civitai.token, 'hidden-word');
    assert.equal(back.auditKey.id, site.auditKey.id);
    const { total } = await back.knowledge.search(localCaller('kura'), { q: '予備 交換', limit: 5 });
    assert.equal(total, 1);
    assert.equal((await back.audit.check({ actor: kura })).ok, true);
  });

  it('puts nothing in place with another key, or where something is already', async () => {
    const home = join(folder, 'kept');
    const other = Buffer.from(Array.from({ length: 32 }, (_, n) => n * 7)).toString('base64url');
    const wish = { home, masterKey: other, environment: noCivitai };
    await assert.rejects(standUpFrom(repository, wish), { code: 'recovery.other-master-key' });
    await mkdir(home);
    await writeFile(join(home, 'mine'), 'of somebody');
    const right = { ...wish, masterKey: masterKeyIn(site) };
    await assert.rejects(standUpFrom(repository, right), { code: 'recovery.home-not-empty' });
    assert.deepEqual(await readdir(home), ['mine']);
    assert.deepEqual(
      (await readdir(folder)).filter((name) => name.includes('restoring')),
      [],
    );
  });

  it('fails a drill when what was stored is not what the manifest promises', async () => {
    const restored = await image('changed');
    const manifest = JSON.parse(await readFile(join(restored, 'manifest.json'), 'utf8'));
    const counts = { ...manifest.counts, knowledge_entries: 2 };
    await writeFile(join(restored, 'manifest.json'), JSON.stringify({ ...manifest, counts }));
    await using vault = await openVault({ storage: createLocalDiskStorage({ folder: repository }) });
    await vault.backup({ source: restored, tags: ['kura'] });
    const missing = await drill(site);
    assert.equal(missing.result, 'failed');
    assert.deepEqual(
      missing.facts.checks.filter(({ passed }) => !passed).map(({ check, detail }) => [check, detail]),
      [['recovery-counts', 'knowledge_entries 2 ≠ 1']],
    );
    await writeFile(join(restored, 'sealed', 'kura.yaml'), 'something else');
    await vault.backup({ source: restored, tags: ['kura'] });
    const { facts } = await drill(site);
    const [first] = facts.checks;
    assert.deepEqual([first?.check, first?.passed], ['recovery-image', false]);
    assert.match(first?.detail ?? '', /recovery\.image-damaged .*kura\.yaml/);
  });

  it('keeps of each period what is to be kept, and never less than the last good one', async () => {
    await backUp(site);
    await backUp(site);
    await using vault = await openVault({ storage: createLocalDiskStorage({ folder: repository }) });
    const own = (await vault.snapshots()).snapshots.filter(({ source }) => source.endsWith('own-image'));
    assert.equal(own.length, 1);
  });
});

describe('an own backup on PostgreSQL', { skip: unlessInstalled('PostgreSQL', debianPostgresPrograms()) }, () => {
  let folder: string;
  let server: DebianPostgres;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kura-recovery-'));
    server = await startDebianPostgres();
  });
  after(async () => {
    await server[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  async function emptyDatabase(name: string): Promise<Environment> {
    await server.client('createdb', [name]);
    return { KURA_DATABASE_URL: `postgres://${server.user}@127.0.0.1:${server.port}/${name}` };
  }

  it('is one moment of the database, passes its drill beside it, and comes back into an empty one', async () => {
    await using site = await openKura(join(folder, 'home'), await emptyDatabase('kura'));
    await fill(site);
    const repository = await backUp(site);
    const { result, facts } = await drill(site);
    assert.equal(result, 'passed', JSON.stringify(facts));
    assert.deepEqual(
      facts.checks.map(({ check, passed }) => [check, passed]),
      names.map((name) => [name, true]),
    );
    const databases = await server.client('psql', ['-At', '-c', 'select datname from pg_database', 'kura']);
    assert.doesNotMatch(databases, /drill/);

    const masterKey = masterKeyIn(site);
    const wrong = { home: join(folder, 'sqlite'), masterKey, environment: noCivitai };
    await assert.rejects(standUpFrom(repository, wrong), { code: 'recovery.other-database' });
    const environment = { ...noCivitai, ...(await emptyDatabase('again')) };
    const home = join(folder, 'new');
    const { checks: looked } = await standUpFrom(repository, { home, masterKey, environment });
    assert.ok(
      looked.every(({ passed }) => passed),
      JSON.stringify(looked),
    );
    const full = { home: join(folder, 'third'), masterKey, environment };
    await assert.rejects(standUpFrom(repository, full), { code: 'recovery.database-not-empty' });
    await using back = await openKura(home, environment);
    assert.equal((await back.knowledge.search(localCaller('kura'), { q: '予備', limit: 5 })).total, 1);
  });
});
