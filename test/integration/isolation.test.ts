/** Isolation against programs that mean harm (P-064, M-270, M-273), as whoever runs the tests, and as somebody else when that is root. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { systemRandom } from '#kernel/clock';
import { GIB, KIB, MIB } from '#kernel/units';
import { createIsolation, type IsolatedResult, type IsolationLimits, isolationPresets } from '#platform/isolation';

const never = new AbortController().signal;
const hostile = fileURLToPath(new URL('../../src/platform/isolation/testing/hostile-child.ts', import.meta.url));
const isolation = createIsolation({ random: systemRandom, allowLimited: () => false });
const isRoot = process.getuid?.() === 0;

const { level, reason } = await isolation.state(never);
// In CI a missing bubblewrap is a failure.
const skip = level === 'limited' && process.env['CI'] !== 'true' ? `no isolation here: ${reason?.code}` : false;

/** V8 reserves address space by the gigabyte, and starts a dozen threads. */
const roomy: IsolationLimits = { ...isolationPresets.scan, memoryBytes: 64 * GIB, processes: 40, wallSeconds: 60 };

interface Outcome {
  readonly name: string;
  readonly done?: unknown;
  readonly refused?: string;
}

async function attempt(
  words: readonly string[],
  limits: Partial<IsolationLimits> = {},
  given = '',
): Promise<Outcome[]> {
  const readOnly = [
    { path: hostile, at: '/given/hostile.ts' },
    ...(given === '' ? [] : [{ path: given, at: '/given/file' }]),
  ];
  const args = ['/given/hostile.ts', ...words];
  const request = { program: process.execPath, args, readOnly, limits: { ...roomy, ...limits } };
  const { stdout, stderr, exitCode } = await isolation.run(request, never);
  assert.equal(exitCode, 0, Buffer.from(stderr).toString());
  return Buffer.from(stdout)
    .toString()
    .trim()
    .split('\n')
    .map((line): Outcome => JSON.parse(line));
}

async function shell(script: string, limits: Partial<IsolationLimits> = {}, signal = never): Promise<IsolatedResult> {
  const request = { program: '/bin/sh', args: ['-c', script], readOnly: [] };
  return isolation.run({ ...request, limits: { ...isolationPresets.scan, ...limits } }, signal);
}

function namesOf(outcome: Outcome | undefined): string[] {
  assert.ok(Array.isArray(outcome?.done));
  return outcome.done.map(String);
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString();
}

describe('an isolated program', { skip }, () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kura-isolation-'));
  });
  after(async () => rm(folder, { recursive: true }));

  it('reads what it is given, even if it is for its owner alone, and cannot change it', async () => {
    const path = join(folder, 'owned');
    await writeFile(path, 'content', { mode: 0o600 });
    const [read, write, chmoded, around] = await attempt(
      ['read /given/file', 'write /given/file', 'chmod /given/file', 'list /given'],
      {},
      path,
    );
    assert.equal(read?.done, 'content');
    assert.match(write?.refused ?? '', /EROFS/);
    assert.match(chmoded?.refused ?? '', /EROFS|EPERM/);
    assert.deepEqual(around?.done, ['file', 'hostile.ts']);
    assert.equal(await readFile(path, 'utf8'), 'content');
    assert.equal((await stat(path)).mode & 0o777, 0o600);
  });

  it('reads nothing else: no home folder, no other file, no account', async () => {
    const secret = join(folder, 'secret');
    await writeFile(secret, 'secret', { mode: 0o666 });
    const places = [
      secret,
      '/etc/passwd',
      '/etc/shadow',
      join(process.cwd(), 'package.json'),
      homedir(),
      '/var',
      '/sys',
      '/run',
    ];
    const outcomes = await attempt(places.flatMap((path) => [`read ${path}`, `list ${path}`]));
    for (const { name, refused } of outcomes) assert.match(refused ?? '', /ENOENT|ENOTDIR|EACCES/, name);
    const [root, processes] = await attempt(['list /', 'processes']);
    const known = ['bin', 'dev', 'etc', 'given', 'lib', 'lib32', 'lib64', 'libx32', 'proc', 'sbin', 'tmp', 'usr'];
    const own = process.execPath.split('/')[1];
    for (const name of namesOf(root)) assert.ok([...known, own].includes(name), name);
    assert.ok(Number(processes?.done) <= 4, 'sees only itself and what holds it');
  });

  it('gets no variable of ours, nor of anybody it can see', async () => {
    process.env['KURA_CIVITAI_TOKEN'] = 'planted-secret';
    try {
      const [environment, environments] = await attempt(['environment', 'environments']);
      for (const name of Object.keys(Object(environment?.done))) {
        assert.ok(['HOME', 'LANG', 'PATH', 'PWD', 'TMPDIR'].includes(name), name);
      }
      assert.doesNotMatch(JSON.stringify([environment, environments]), /KURA_|planted-secret/);
    } finally {
      delete process.env['KURA_CIVITAI_TOKEN'];
    }
  });

  it('writes into its private folder only, and no more than it may', async () => {
    const places = [
      '/x',
      '/usr/x',
      '/dev/shm/x',
      '/dev/x',
      '/proc/sys/kernel/core_pattern',
      '/etc/x',
      '/given/x',
      join(folder, 'x'),
    ];
    const outcomes = await attempt([...places.map((path) => `write ${path}`), `write /tmp/${basename(folder)}.x`]);
    for (const [index, place] of places.entries()) {
      assert.match(outcomes[index]?.refused ?? '', /EROFS|EACCES|ENOENT|EPERM/, place);
    }
    assert.equal(outcomes.at(-1)?.done, 'written');
    await assert.rejects(stat(`${folder}.x`), { code: 'ENOENT' });
    const filled = await shell('for i in 1 2 3 4 5 6; do head -c 900000 /dev/zero > /tmp/$i || exit 9; done', {
      fileBytes: MIB,
    });
    assert.equal(filled.exitCode, 9, 'the folder holds no more than one longest file');
  });

  it('reaches no network, not even this machine', async () => {
    let connections = 0;
    const server = createServer(() => {
      connections += 1;
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const place = server.address();
    const port = typeof place === 'object' ? place?.port : 0;
    const [outcome] = await attempt([`connect ${port}`]);
    assert.match(String(outcome?.done), /ECONNREFUSED|ENETUNREACH/);
    const devices = textOf((await shell('cat /proc/net/dev')).stdout).match(/^ *\w+:/gm);
    assert.deepEqual(
      devices?.map((name) => name.trim()),
      ['lo:'],
    );
    await new Promise((resolve) => {
      server.close(resolve);
    });
    assert.equal(connections, 0);
  });

  it('cannot signal us, and becomes nobody else', async () => {
    let signals = 0;
    function count(): void {
      signals += 1;
    }
    process.on('SIGUSR2', count);
    const outcomes = await attempt([`signal ${process.pid}`, `signal ${process.ppid}`, 'become', 'status']);
    for (const { name, refused } of outcomes.slice(0, 3)) assert.match(refused ?? '', /ESRCH|EPERM|EINVAL|ERR/, name);
    process.off('SIGUSR2', count);
    assert.equal(signals, 0);
    const status = String(outcomes[3]?.done);
    assert.match(status, /NoNewPrivs:\s+1/);
    assert.doesNotMatch(status, /^Uid:.*\b0\b/m);
    // Root's helper may read what it was shown, in its own namespace; nothing more is left to it.
    assert.match(status, isRoot ? /CapEff:\s+0{15}4\b/ : /CapEff:\s+0{16}\b/);
    assert.match(status, /CapBnd:\s+0{16}\b/);
    const mounts = String((await attempt(['mounts']))[0]?.done).split('\n');
    for (const line of mounts.filter((one) => / (?:\/|\/usr|\/given\/file) /.test(one)))
      assert.match(line, / ro[, ]/, line);
  });

  it('gains nothing by programs that are root’s', async () => {
    const result = await shell(
      'for f in su mount passwd; do [ -u /usr/bin/$f ] && echo found; done; su -c id; mount -t tmpfs none /tmp; id -u',
    );
    const uid = Number(textOf(result.stdout).trim().split('\n').at(-1));
    assert.ok(uid > 60_000, textOf(result.stdout));
  });

  it('leaves no core dump, and its limits stand', async () => {
    const [outcome] = await attempt(['limits']);
    const limits = String(outcome?.done);
    assert.match(limits, /Max core file size\s+0\s+0/);
    assert.match(limits, /Max open files\s+100\s+100/);
    assert.match(limits, /Max processes\s+40\s+40/);
    const crashed = await shell('kill -SEGV $$');
    assert.equal(crashed.killedBy, 'signal');
  });

  it('starts no more processes than it may', async () => {
    const [outcome] = await attempt(['fork 60'], { processes: 30 });
    assert.ok(Number(outcome?.done) < 30, `${String(outcome?.done)} were started`);
    // Whether the shell gives up or is ended by its time is the shell's affair; nothing of it is left.
    await shell('bomb() { bomb | bomb & }; bomb; sleep 1', { wallSeconds: 5 });
    const { stdout } = spawnSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
    assert.doesNotMatch(stdout, /sh -c bomb\(\)/);
  });

  it('gets no more memory than it may', async () => {
    const script = 'x=$(head -c 200000000 /dev/zero | tr "\\0" x); echo ${#x}';
    const result = await shell(script, { memoryBytes: 64 * MIB });
    assert.doesNotMatch(textOf(result.stdout), /200000000/);
    assert.match(textOf((await shell(script.replaceAll('200000000', '2000000'))).stdout), /2000000/);
  });

  it('is ended when it has used its CPU time, even if it does not listen', async () => {
    assert.equal((await shell('while :; do :; done', { cpuSeconds: 1, wallSeconds: 60 })).killedBy, 'cpu');
    const deaf = await shell('trap "" XCPU; while :; do :; done', { cpuSeconds: 1, wallSeconds: 60 });
    assert.equal(deaf.killedBy, 'signal');
  });

  it('is ended when its time is up, with all it has started', async () => {
    const marker = `4${Math.floor(systemRandom.fraction() * 1e6)}.5`;
    const result = await shell(`setsid sleep ${marker} & (sleep ${marker} &) ; exec sleep ${marker}`, {
      wallSeconds: 1,
    });
    assert.equal(result.killedBy, 'wall');
    const { stdout } = spawnSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
    assert.doesNotMatch(stdout, new RegExp(`sleep ${marker}`));
  });

  it('is ended when it talks too much, or writes too long a file', async () => {
    const flooded = await shell('yes', { outputBytes: 10 * KIB });
    assert.equal(flooded.killedBy, 'output');
    assert.equal(flooded.stdout.length, 10 * KIB);
    const complaining = await shell('yes >&2', { outputBytes: KIB });
    assert.deepEqual([complaining.killedBy, complaining.stderr.length], ['output', KIB]);
    assert.equal((await shell('exec head -c 9000000 /dev/zero > /tmp/x', { fileBytes: MIB })).killedBy, 'file-size');
  });

  it('is ended when we are told to stop', async () => {
    const stop = new AbortController();
    const why = new Error('enough');
    const running = shell('sleep 30', {}, stop.signal);
    stop.abort(why);
    await assert.rejects(running, why);
    await assert.rejects(shell('true', {}, AbortSignal.abort(why)), why);
  });

  it('gets its input, and its exit code is told', async () => {
    const request = { program: 'cat', args: [], readOnly: [], limits: isolationPresets.scan };
    const echoed = await isolation.run({ ...request, stdin: Buffer.from('hello') }, never);
    assert.deepEqual([textOf(echoed.stdout), echoed.exitCode, echoed.killedBy], ['hello', 0, undefined]);
    assert.equal((await shell('exit 7')).exitCode, 7);
    await assert.rejects(isolation.run({ ...request, program: '/no/such/program' }, never), {
      code: 'isolation.program-missing',
    });
  });

  it('runs beside others without being bound by what they use', async () => {
    const results = await Promise.all(
      Array.from({ length: 4 }, () => shell('sleep 1 & sleep 1 & sleep 1 & wait; echo done', { processes: 6 })),
    );
    assert.deepEqual(
      results.map(({ stdout }) => textOf(stdout).trim()),
      ['done', 'done', 'done', 'done'],
    );
  });

  it('does not outlive us, even if we are killed', async () => {
    const marker = `3${Math.floor(systemRandom.fraction() * 1e6)}.25`;
    const script = `
      const { createIsolation, isolationPresets } = await import(process.argv[1]);
      const isolation = createIsolation({ random: { fraction: () => 0.5 }, allowLimited: () => false });
      const args = ['-c', 'sleep ${marker} & sleep ${marker}'];
      const limits = { ...isolationPresets.scan, wallSeconds: 3000 };
      await isolation.run({ program: 'sh', args, readOnly: [], limits }, new AbortController().signal);
    `;
    const door = fileURLToPath(import.meta.resolve('#platform/isolation'));
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script, door], { stdio: 'ignore' });
    await until(() => running(`sleep ${marker}`) >= 2);
    child.kill('SIGKILL');
    await until(() => running(`sleep ${marker}`) === 0);
  });

  it('says what it does not keep out', async () => {
    const state = await isolation.state(never);
    assert.match(state.version ?? '', /^bubblewrap \d/);
    assert.deepEqual(
      state.open,
      isRoot ? ['namespaces', 'total-memory', 'system-calls'] : ['total-memory', 'system-calls'],
    );
    assert.equal(state.isAllowed, true);
  });
});

/** How many processes run with exactly these words. */
function running(words: string): number {
  const { stdout } = spawnSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
  return stdout.split('\n').filter((line) => line.trim() === words).length;
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await setTimeout(50);
}

/** The tests above run as whoever starts them, which is root in most containers; nobody takes another way. */
it('isolates as well when it is not root who runs it', { skip: skip || nobodySkip() }, () => {
  const script = `
    const { createIsolation, isolationPresets } = await import(process.argv[1]);
    const isolation = createIsolation({ random: { fraction: () => 0 }, allowLimited: () => false });
    const never = new AbortController().signal;
    const { open, reason } = await isolation.state(never);
    const args = ['-c', 'id -u; ls /; touch /x || echo refused; cat /etc/passwd; unshare -Ur true || echo refused; bomb() { bomb | bomb & }; bomb'];
    const { stdout } = await isolation.run({ program: 'sh', args, readOnly: [], limits: isolationPresets.scan }, never);
    console.log(JSON.stringify({ open, reason, text: Buffer.from(stdout).toString() }));
  `;
  const door = fileURLToPath(import.meta.resolve('#platform/isolation'));
  const { stdout, stderr } = asNobody(process.execPath, '--input-type=module', '--eval', script, door);
  const told: { open: unknown; reason: unknown; text: string } = JSON.parse(stdout || stderr);
  assert.deepEqual([told.reason, told.open], [null, ['total-memory', 'system-calls']]);
  assert.match(told.text, /^65534\n(?:\w+\n)*?refused\nrefused\n/);
  assert.doesNotMatch(told.text, /root|home|nobody:/);
});

function asNobody(program: string, ...args: readonly string[]) {
  const identity = ['--reuid', '65534', '--regid', '65534', '--clear-groups'];
  return spawnSync('setpriv', [...identity, program, ...args], { encoding: 'utf8', env: {}, timeout: 120_000 });
}

function nobodySkip(): string | false {
  if (!isRoot) return 'the tests above are this one';
  return asNobody(process.execPath, '--eval', `require('fs').readFileSync(${JSON.stringify(hostile)})`).status === 0
    ? false
    : 'nobody else can read this checkout';
}

describe('without bubblewrap', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kura-no-bubblewrap-'));
  });
  after(async () => rm(folder, { recursive: true }));
  const request = { program: '/bin/sh', args: ['-c', 'echo $KURA_SECRET$HOME; ulimit -c; id -u'], readOnly: [] };

  it('nothing untrusted runs, and the reason is told', async () => {
    const bare = createIsolation({ random: systemRandom, allowLimited: () => false, folders: [folder] });
    await assert.rejects(bare.run({ ...request, limits: isolationPresets.scan }, never), {
      kind: 'unavailable',
      code: 'isolation.bubblewrap-missing',
    });
    const state = await bare.state(never);
    assert.deepEqual(
      [state.level, state.isAllowed, state.reason?.code],
      ['limited', false, 'isolation.bubblewrap-missing'],
    );
    assert.ok(state.open.includes('network') && state.open.includes('files') && state.open.includes('limits'));
  });

  it('it runs with limits and an empty environment where that is allowed', async () => {
    const limited = createIsolation({ random: systemRandom, allowLimited: () => true, folders: [folder] });
    process.env['KURA_SECRET'] = 'planted';
    const result = await limited.run({ ...request, limits: isolationPresets.scan }, never);
    delete process.env['KURA_SECRET'];
    const [home, , uid] = textOf(result.stdout).split('\n');
    assert.deepEqual([result.level, home], ['limited', '/tmp']);
    if (isRoot) assert.notEqual(uid, '0');
    const slow = { ...request, args: ['-c', 'sleep 30'], limits: { ...isolationPresets.scan, wallSeconds: 1 } };
    assert.equal((await limited.run(slow, never)).killedBy, 'wall');
  });

  it('a bubblewrap that does not work, or is too old, is told of', async () => {
    async function stateWith(script: string) {
      const path = join(folder, 'bin');
      await mkdir(path, { recursive: true });
      await writeFile(join(path, 'bwrap'), `#!/bin/sh\n${script}\n`);
      await chmod(join(path, 'bwrap'), 0o755);
      const folders = [path, '/usr/bin', '/bin'];
      return createIsolation({ random: systemRandom, allowLimited: () => false, folders }).state(never);
    }
    const old = await stateWith('echo bubblewrap 0.4.1');
    assert.deepEqual([old.reason?.code, old.reason?.params], ['isolation.bubblewrap-old', { version: '0.4.1' }]);
    const refused = await stateWith(
      'if [ "$1" = --version ]; then echo bubblewrap 0.9.0; exit; fi\necho "bwrap: No permissions" >&2; exit 1',
    );
    assert.deepEqual(refused.reason, {
      code: 'isolation.bubblewrap-refused',
      params: { reason: 'bwrap: No permissions' },
    });
  });
});
