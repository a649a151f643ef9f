/** restic, borg and rclone themselves, as jobs run, verify and restore with them. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { createBorgEngine } from '#adapters/borg';
import { createRcloneEngine } from '#adapters/rclone-copy';
import { createResticEngine } from '#adapters/restic';
import type { BackupEngine, EngineCall, EngineName } from '#backups/ports';
import { testActor } from '#platform/unit-of-work/testing';

import { never, type OpenBackups, openBackups, writeTree } from '../../src/domains/backups/testing/open-backups.ts';
import { createTestHome, type TestHome } from '../../src/domains/backups/testing/test-home.ts';
import { until } from '../system/harness/until.ts';

const environment = { HOME: '/nonexistent' };
const passphrase = 'a passphrase of this test';
const media = { restic: 'disk', borg: 'nas', rclone: 'cloud' } as const;
const names = ['restic', 'borg', 'rclone'] as const;

const staged = {
  flipped: 'a flipped byte: a check of structure may pass, reading the data never does, and a restore tells',
  missing: 'a pack that is missing is found by the check of structure',
  source: 'a source that is missing or has become empty is a failure, and what the copy holds stays',
  warning: 'a file that cannot be read makes a run partial, whatever the tool calls it',
  locks: 'a lock left by a killed run is removed, one of a living process is not',
  medium: 'another repository in the place of a copy is never written to',
  cold: 'a repository restores with nothing but itself and its passphrase',
  evening: 'an evening: every tool backs up, is verified, and restores what the source holds',
} as const;

/** The 25 complaints of users: where each is staged, or why not here. */
const complaints: Readonly<Record<number, keyof typeof staged | `not here: ${string}`>> = {
  1: 'flipped',
  2: 'evening',
  3: 'evening',
  4: 'missing',
  5: 'missing',
  6: 'locks',
  7: 'missing',
  8: 'flipped',
  9: 'flipped',
  10: 'cold',
  11: 'source',
  12: 'warning',
  13: 'source',
  14: 'locks',
  15: 'not here: needs a server that only appends; retention is by count, and a legal hold stops it',
  16: 'not here: object lock belongs to the storage; the verdict reads lockedUntil',
  17: 'not here: silence is told by missed runs',
  18: 'source',
  19: 'not here: alerts and their repetition',
  20: 'not here: notices of success',
  21: 'not here: digests',
  22: 'medium',
  23: 'not here: the verdict over all copies',
  24: 'source',
  25: 'not here: records of drills',
};

let home: TestHome;
let open: OpenBackups;
let engines: Readonly<Record<EngineName, BackupEngine>>;

function enginesIn(cache: string): typeof engines {
  return {
    restic: createResticEngine({ cacheFolder: join(cache, 'restic'), environment }),
    borg: createBorgEngine({ baseFolder: join(cache, 'borg'), environment }),
    rclone: createRcloneEngine({ cacheFolder: join(cache, 'rclone'), environment, newId: randomUUID }),
  };
}

function callAt(repository: string, onLine: (line: string) => void = () => undefined): EngineCall {
  const limits = { uploadKib: undefined, downloadKib: undefined };
  return { place: { repository, passphrase, environment: {}, ...limits }, signal: never, onLine };
}

function request(source: string) {
  return { source, exclude: [], job: 'library', startedAt: new Date(), onProgress: () => undefined };
}

async function largestFile(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const sizes = await Promise.all(files.map(async (path) => ({ path, size: (await stat(path)).size })));
  return sizes.toSorted((a, b) => b.size - a.size)[0]?.path ?? '';
}

async function flipByte(path: string): Promise<void> {
  const bytes = await readFile(path);
  const middle = bytes.length >> 1;
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  await writeFile(path, bytes);
}

/** A restic that has a lock and does nothing, until it is killed. */
async function lockingRestic(repository: string): Promise<ChildProcess> {
  const child = spawn('/usr/bin/restic', ['backup', '--stdin', '--no-cache'], {
    env: { RESTIC_REPOSITORY: repository, RESTIC_PASSWORD: passphrase },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  try {
    await until('the lock', async () => (await readdir(join(repository, 'locks')))[0]);
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
  return child;
}

/** What has a test of its own in this file. */
const here = new Set<string>();

function stage(name: keyof typeof staged, test: () => Promise<void>): void {
  here.add(name);
  it(staged[name], test);
}

before(async () => {
  home = await createTestHome();
  engines = enginesIn(home.at('cache'));
  open = await openBackups({ url: `sqlite:${home.at('kura.sqlite')}`, home: home.path, engines, passphrase });
  await writeTree(home.at('source'), { 'a.txt': 'alpha', 'sub/ü b.bin': randomBytes(200_000) });
  for (const name of names) {
    assert.notEqual(await engines[name].version(never), undefined, `${name} is not installed (apt install ${name})`);
    await engines[name].init(callAt(home.at(name)));
  }
});
after(async () => {
  await open[Symbol.asyncDispose]();
  await home[Symbol.asyncDispose]();
});

describe('copies of tools', () => {
  stage('evening', async () => {
    const { backups } = open;
    const source = home.at('source');
    await backups.protect(testActor, { key: 'library', source, site: 'main', everyHours: 24, verifyEveryDays: 30 });
    for (const engine of names) {
      const place = { site: 'elsewhere', media: media[engine], offline: false, rotationDays: 30 };
      const settings = { exclude: ['*.tmp'], ...(engine === 'rclone' ? {} : { keep: { last: 3 } }) };
      await backups.addCopy(testActor, 'library', {
        ...place,
        repository: home.at(engine),
        engine,
        engineSettings: settings,
      });
    }
    await writeFile(home.at('source', 'left-out.tmp'), 'x');
    const { runs } = await backups.run(testActor, { job: 'library', signal: never });
    assert.deepEqual(
      runs.map(({ copy, result, problems, error }) => [copy, result, problems, error]),
      names.map((name) => [name, 'success', 0, null]),
    );
    assert.deepEqual(
      runs.map(({ files, bytes }) => [files, bytes >= 200_005]),
      [
        [2, true],
        [2, true],
        [2, true],
      ],
    );
    for (const { id, copy } of runs) assert.equal((await backups.tools.runLog(id)).tool, copy);

    const { verifications } = await backups.verify(testActor, { job: 'library', kind: 'restore', signal: never });
    assert.deepEqual(
      verifications.map(({ copy, result, objects, findings }) => [copy, result, objects, findings]),
      names.map((name) => [name, 'passed', 2, []]),
    );
    assert.deepEqual(await readdir(home.at('scratch')), [], 'nothing is left of the restores');
    const { verdict } = await backups.jobStatus('library');
    assert.deepEqual(
      [verdict.digits.copies.state, verdict.digits.offsite.state, verdict.digits.errors.state],
      ['pass', 'pass', 'pass'],
    );
    const state = await backups.tools.read({ job: 'library', copy: 'borg' }, never);
    assert.deepEqual([state.snapshotCount, state.encrypted, state.nextVerification === null], [1, true, false]);
  });

  it('give a sample back in a drill, which is held against what the tool lists', async () => {
    const { drills } = open.backups.proof;
    const checks = { sqlite: true, safetensors: false, command: [] };
    const wish = { kind: 'partial', files: 1, seed: '00000000000000aa', checks } as const;
    const ended = await drills.runNow(testActor, 'library', wish, { signal: never });
    assert.deepEqual(
      ended.map(({ copy, result, facts }) => [copy, result, facts.filesTotal, facts.filesFailed, facts.error]),
      names.map((name) => [name, 'passed', 1, 0, null]),
    );
    assert.deepEqual(await readdir(home.at('scratch')), []);
  });

  it('settings that cannot be are refused when they are changed, too', async () => {
    const place = { job: 'library', copy: 'restic' };
    for (const [engineSettings, code] of [
      [{ verifyParts: 0 }, 'backups.engine-settings'],
      [{ replicaOf: 'borg' }, 'backups.engine-no-replica'],
    ] as const) {
      await assert.rejects(open.backups.register.changeCopy(testActor, place, { engineSettings }), { code });
    }
  });

  it('made from another one go on after that one got another name, and are never made from themselves', async () => {
    const { backups } = open;
    await mkdir(home.at('notes'));
    const usual = { site: 'main', everyHours: 24, verifyEveryDays: 30 };
    await backups.protect(testActor, { ...usual, key: 'notes', source: home.at('notes') });
    for (const [name, engineSettings] of [
      ['one', {}],
      ['two', { replicaOf: 'one' }],
    ] as const) {
      const repository = home.at(`notes-${name}`);
      await engines.rclone.init(callAt(repository));
      const place = { site: 'main', media: 'disk', offline: false, rotationDays: 30, repository } as const;
      await backups.addCopy(testActor, 'notes', { ...place, name, engine: 'rclone', engineSettings });
    }
    const { register } = backups;
    await register.changeCopy(testActor, { job: 'notes', copy: 'one' }, { name: 'first' });
    const { copies } = await register.read('notes');
    assert.deepEqual(
      copies.map(({ name, engineSettings }) => [name, engineSettings['replicaOf']]),
      [
        ['first', undefined],
        ['two', 'first'],
      ],
    );
    await assert.rejects(
      register.changeCopy(testActor, { job: 'notes', copy: 'two' }, { engineSettings: { replicaOf: 'two' } }),
      { code: 'backups.engine-no-replica' },
    );
  });

  stage('source', async () => {
    const { backups } = open;
    const [away, source] = [home.at('away'), home.at('source')];
    await rename(source, away);
    const gone = await backups.run(testActor, { job: 'library', signal: never });
    await mkdir(join(source, 'empty'), { recursive: true });
    const empty = await backups.run(testActor, { job: 'library', copy: 'rclone', signal: never });
    await rm(source, { recursive: true });
    await rename(away, source);
    assert.deepEqual(
      gone.runs.map(({ result, error }) => [result, error?.code]),
      names.map(() => ['failed', 'vault.source-missing']),
    );
    assert.deepEqual([empty.runs[0]?.result, empty.runs[0]?.error?.code], ['failed', 'backups.engine-source-empty']);
    assert.equal(await readFile(home.at('rclone', 'current', 'a.txt'), 'utf8'), 'alpha');
    assert.notEqual((await backups.jobStatus('library')).verdict.digits.copies.state, 'pass', 'the last run failed');
  });

  stage('warning', async () => {
    // Written to, never read, not even by root.
    const source = '/proc/sys/net/ipv4/route';
    const heard: string[] = [];
    for (const name of ['restic', 'borg'] as const) {
      const call = callAt(home.at(name), (line) => heard.push(line));
      const done = await engines[name].backUp(call, request(source));
      assert.ok(done.problems > 0, name);
      assert.notEqual(done.snapshot, '');
    }
    assert.match(heard.join('\n'), /flush/);
  });

  stage('medium', async () => {
    await rename(home.at('rclone'), home.at('rclone-away'));
    await engines.rclone.init(callAt(home.at('rclone')));
    const { runs } = await open.backups.run(testActor, { job: 'library', copy: 'rclone', signal: never });
    assert.deepEqual([runs[0]?.result, runs[0]?.error?.code], ['failed', 'backups.other-medium']);
    assert.deepEqual(await engines.rclone.snapshots(callAt(home.at('rclone'))), []);
    await rm(home.at('rclone'), { recursive: true });
    await rename(home.at('rclone-away'), home.at('rclone'));
  });

  stage('flipped', async () => {
    for (const name of names) await cp(home.at(name), home.at(`${name}-bad`), { recursive: true });
    await flipByte(await largestFile(home.at('restic-bad', 'data')));
    await flipByte(await largestFile(home.at('borg-bad', 'data')));
    await flipByte(home.at('rclone-bad', 'current', 'sub', 'ü b.bin'));
    const restic = callAt(home.at('restic-bad'));
    assert.deepEqual(await engines.restic.verify(restic, { depth: 'structure', part: undefined }), []);
    for (const name of names) {
      const findings = await engines[name].verify(callAt(home.at(`${name}-bad`)), { depth: 'data', part: undefined });
      assert.ok(findings.length > 0, name);
    }
    const [, damaged] = await engines.restic.snapshots(restic);
    await mkdir(home.at('out'));
    const target = { snapshot: damaged?.id ?? '', target: home.at('out'), include: undefined };
    assert.match((await engines.restic.restore(restic, target)).join('\n'), /ü b\.bin/);
  });

  stage('missing', async () => {
    await rm(await largestFile(home.at('restic-bad', 'data')));
    await rm(home.at('rclone-bad', 'current', 'a.txt'));
    for (const name of ['restic', 'rclone'] as const) {
      const findings = await engines[name].verify(callAt(home.at(`${name}-bad`)), {
        depth: 'structure',
        part: undefined,
      });
      assert.ok(findings.length > 0, name);
    }
  });

  stage('locks', async () => {
    const call = callAt(home.at('restic'));
    const other = await lockingRestic(home.at('restic'));
    const structure = { depth: 'structure', part: undefined } as const;
    await assert.rejects(engines.restic.verify(call, structure), { code: 'backups.engine-repository-locked' });
    const ended = new Promise((resolve) => other.once('exit', resolve));
    other.kill('SIGKILL');
    await ended;
    assert.deepEqual(await engines.restic.verify(call, structure), []);
    assert.deepEqual(await readdir(home.at('restic', 'locks')), []);
  });

  it('a run that is stopped leaves a repository that works on: no lock is left', async () => {
    const stop = new AbortController();
    const call = callAt(home.at('restic'));
    // restic takes its lock away over the same two connections that two slow uploads may hold: stopped with SIGINT it
    // ends when one of them is done. Of 100 kB that is after six seconds; after twenty it would be killed.
    const slow = { ...call, place: { ...call.place, uploadKib: 16 }, signal: stop.signal };
    await writeFile(home.at('source', 'new.bin'), randomBytes(100_000));
    const stopped = { ...request(home.at('source')), onProgress: () => stop.abort() };
    await assert.rejects(engines.restic.backUp(slow, stopped), { name: 'AbortError' });
    assert.deepEqual(await engines.restic.verify(call, { depth: 'structure', part: undefined }), []);
    assert.deepEqual(await readdir(home.at('restic', 'locks')), []);
  });

  stage('cold', async () => {
    await using second = await openBackups({
      url: `sqlite:${home.at('kura.sqlite')}`,
      home: home.at('second'),
      engines: enginesIn(home.at('fresh-cache')),
      passphrase,
    });
    const target = home.at('cold');
    // Newest first; later ones are of sources that are broken on purpose.
    const evening = (await engines.borg.snapshots(callAt(home.at('borg')))).at(-1);
    const wish = {
      actor: testActor,
      job: 'library',
      copy: 'borg',
      snapshot: evening?.id,
      include: ['sub'],
      signal: never,
    };
    const { problems } = await second.backups.tools.restore({ ...wish, target });
    assert.deepEqual([problems, await readdir(target, { recursive: true })], [[], ['sub', 'sub/ü b.bin']]);
    await assert.rejects(second.backups.tools.restore({ ...wish, target }), { code: 'backups.engine-target-in-use' });
  });

  it('a passphrase that is wrong, and a repository that is not there, are told apart', async () => {
    for (const name of ['restic', 'borg'] as const) {
      const call = callAt(home.at(name));
      const wrong = { ...call, place: { ...call.place, passphrase: 'wrong' } };
      await assert.rejects(engines[name].identify(wrong), { code: 'backups.engine-passphrase-wrong' }, name);
      const nowhere = engines[name].identify(callAt(home.at('nowhere')));
      await assert.rejects(nowhere, { code: 'backups.engine-repository-missing' }, name);
    }
  });

  it('every complaint is staged, or says why not', () => {
    assert.deepEqual([...here].toSorted(), Object.keys(staged).toSorted());
    assert.deepEqual(
      Object.keys(complaints).map(Number),
      Array.from({ length: 25 }, (_, index) => index + 1),
    );
  });
});
