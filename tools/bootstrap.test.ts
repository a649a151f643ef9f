import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';

/** Stands in for npm: counts its calls, fills node_modules with a link to this Node, or fails or hangs when told to. */
const fakeNpm = `
const fs = require('node:fs');
fs.appendFileSync('npm-calls.txt', process.argv.slice(2).join(' ') + '\\n');
if (fs.existsSync('npm-fails')) { console.error('npm error code ENOTFOUND'); process.exit(1); }
fs.mkdirSync('node_modules/.bin', { recursive: true });
fs.rmSync('node_modules/.bin/node', { force: true });
fs.symlinkSync(process.env.REAL_NODE, 'node_modules/.bin/node');
if (fs.existsSync('npm-hangs')) { fs.writeFileSync('npm-started', ''); setInterval(() => {}, 1000); }
else setTimeout(() => {}, 300);
`;

const tool = `
import process from 'node:process';
const [what, ...rest] = process.argv.slice(2);
if (what === 'wait') { process.on('SIGTERM', () => process.exit(7)); setInterval(() => {}, 1000); console.log('waiting'); }
else { console.log(JSON.stringify({ rest, bin: process.env.PATH.split(':')[0] })); process.exitCode = Number(what); }
`;

interface Finished {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

describe('bootstrap', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), 'kura-bootstrap-')));
    await fs.mkdir(path.join(folder, 'tools'));
    for (const name of ['bootstrap.mjs', 'bootstrap']) {
      await fs.cp(path.join(import.meta.dirname, name), path.join(folder, 'tools', name), { recursive: true });
    }
    await fs.writeFile(path.join(folder, 'tools/probe.ts'), tool);
    await fs.writeFile(path.join(folder, 'package.json'), '{"type":"module"}');
    await fs.writeFile(path.join(folder, 'package-lock.json'), lockFile('1.0.0'));
    await fs.writeFile(path.join(folder, 'fake-npm.cjs'), fakeNpm);
  });
  afterEach(() => fs.rm(folder, { recursive: true, force: true }));

  it('installs once, then starts the tool with its arguments and exit code', async () => {
    const first = await bootstrap(['probe', '0', 'a b', '--flag']);
    assert.deepEqual(JSON.parse(first.out), { rest: ['a b', '--flag'], bin: path.join(folder, 'node_modules/.bin') });
    assert.equal(first.code, 0);
    assert.match(first.err, /Packages installed in \d+ s/);
    const second = await bootstrap(['probe', '3']);
    assert.equal(second.code, 3);
    assert.equal(second.err, '');
    assert.equal(await npmCalls(), 1);
  });

  it('installs again when the lock file has changed', async () => {
    await bootstrap(['probe', '0']);
    await fs.writeFile(path.join(folder, 'package-lock.json'), lockFile('1.0.1'));
    await bootstrap(['probe', '0']);
    assert.equal(await npmCalls(), 2);
  });

  it('accepts what npm installed by hand when it matches the lock file', async () => {
    await fs.mkdir(path.join(folder, 'node_modules/.bin'), { recursive: true });
    await fs.symlink(process.execPath, path.join(folder, 'node_modules/.bin/node'));
    await fs.writeFile(path.join(folder, 'node_modules/.package-lock.json'), lockFile('1.0.0'));
    assert.equal((await bootstrap(['probe', '0'])).code, 0);
    assert.equal(await npmCalls(), 0);
    await fs.writeFile(path.join(folder, 'package-lock.json'), lockFile('2.0.0'));
    await bootstrap(['probe', '0']);
    assert.equal(await npmCalls(), 1);
  });

  it('repeats an install that was killed half-way', async () => {
    await fs.mkdir(path.join(folder, 'node_modules'));
    await fs.writeFile(path.join(folder, 'npm-hangs'), '');
    const killed = start(['probe', '0']);
    await appearance('npm-started');
    const npmPid = await childOf(killed);
    killed.kill('SIGKILL');
    process.kill(npmPid, 'SIGKILL');
    await once(killed, 'exit');
    await fs.rm(path.join(folder, 'npm-hangs'));
    await fs.writeFile(path.join(folder, 'node_modules/.package-lock.json'), lockFile('1.0.0'));
    const again = await bootstrap(['probe', '0']);
    assert.equal(again.code, 0);
    assert.equal(await npmCalls(), 2);
  });

  it('lets only one of two install at once', async () => {
    const results = await Promise.all([bootstrap(['probe', '0']), bootstrap(['probe', '0'])]);
    assert.deepEqual(
      results.map((result) => result.code),
      [0, 0],
    );
    assert.equal(await npmCalls(), 1);
  });

  it('shows the end of the log and what to do when npm fails, in the language of the terminal', async () => {
    await fs.writeFile(path.join(folder, 'npm-fails'), '');
    const english = await bootstrap(['probe', '0']);
    assert.equal(english.code, 1);
    assert.match(english.err, /could not be installed.*\nnpm error code ENOTFOUND\nCheck the network/s);
    const japanese = await bootstrap(['probe', '0'], { LANG: 'ja_JP.UTF-8' });
    assert.match(japanese.err, /導入できませんでした/);
  });

  it('hands a signal on to the tool and reports its exit code', async () => {
    await bootstrap(['probe', '0']);
    const running = start(['probe', 'wait']);
    assert.ok(running.stdout);
    await once(running.stdout, 'data');
    running.kill('SIGTERM');
    const [code] = await once(running, 'exit');
    assert.equal(code, 7);
  });

  it('says which Node.js it needs when the one found is too old', async () => {
    const pretend = "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.0' } })";
    const old = await bootstrap(['probe', '0'], {
      NODE_OPTIONS: `--import "data:text/javascript,${encodeURIComponent(pretend)}"`,
    });
    assert.equal(old.code, 1);
    assert.match(old.err, /needs Node\.js 20 or newer.*18\.20\.0/);
    assert.equal(await npmCalls(), 0);
  });

  it('names a tool that does not exist instead of installing anything', async () => {
    const result = await bootstrap(['nothing']);
    assert.equal(result.code, 1);
    assert.match(result.err, /no tool "nothing"/);
  });

  function start(args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
    return spawn(process.execPath, ['tools/bootstrap.mjs', ...args], {
      cwd: folder,
      env: {
        PATH: process.env['PATH'],
        LANG: 'C.UTF-8',
        REAL_NODE: process.execPath,
        npm_execpath: path.join(folder, 'fake-npm.cjs'),
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  async function bootstrap(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Finished> {
    const child = start(args, env);
    const output = { out: '', err: '' };
    child.stdout?.on('data', (chunk: Buffer) => (output.out += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (output.err += chunk.toString()));
    const [code] = await once(child, 'close');
    return { code: typeof code === 'number' ? code : null, ...output };
  }

  async function npmCalls(): Promise<number> {
    const calls = await fs.readFile(path.join(folder, 'npm-calls.txt'), 'utf8').catch(() => '');
    return calls.split('\n').length - 1;
  }

  async function appearance(name: string): Promise<void> {
    while (!(await fs.stat(path.join(folder, name)).catch(() => undefined))) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async function childOf(parent: ChildProcess): Promise<number> {
    const children = await fs.readFile(`/proc/${parent.pid}/task/${parent.pid}/children`, 'utf8');
    return Number(children.trim().split(' ')[0]);
  }
});

function lockFile(version: string): string {
  return JSON.stringify({
    packages: { '': {}, 'node_modules/a': { version }, 'node_modules/b': { version: '1', optional: true } },
  });
}
