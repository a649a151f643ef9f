import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';

import { buildProgram } from './build-program.ts';

const run = promisify(execFile);
const repository = path.resolve(import.meta.dirname, '../..');

describe('the joined program', () => {
  let root: string;
  before(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'kura-program-'));
    await mkdir(path.join(root, 'bin'));
    await mkdir(path.join(root, 'src/app'), { recursive: true });
    await mkdir(path.join(root, 'node_modules/.bin'), { recursive: true });
    await cp(path.join(repository, 'bin/kura'), path.join(root, 'bin/kura'));
    await symlink(process.execPath, path.join(root, 'node_modules/.bin/node'));
    await writeFile(path.join(root, 'package.json'), '{ "type": "module" }');
    for (const file of ['package-lock.json', 'node_modules/.package-lock.json']) {
      await writeFile(path.join(root, file), '{}');
    }
    await writeFile(path.join(root, 'src/app/main.ts'), "import { say } from './part.ts';\nsay();\n");
    await writeFile(
      path.join(root, 'src/app/said-worker.ts'),
      "import { parentPort } from 'node:worker_threads';\nparentPort?.postMessage(import.meta.filename.split('.').pop());\n",
    );
    await writeSource('first');
  });
  after(() => rm(root, { recursive: true, force: true }));

  it('is what bin/kura runs, threads as well, and finds what lies beside its sources', async () => {
    assert.equal(await buildProgram(root), 'built');
    assert.equal(await kura(), `first joined js ${path.join(root, 'src/app/beside.txt')}`);
    assert.equal(await buildProgram(root), 'fresh');
  });

  it('gives way to sources that have changed since, until it is built again', async () => {
    await writeSource('second');
    assert.equal(await kura(), `second sources ts ${path.join(root, 'src/app/beside.txt')}`);
    assert.equal(await buildProgram(root), 'built');
    assert.equal(await kura(), `second joined js ${path.join(root, 'src/app/beside.txt')}`);
  });

  it('is whole after several builds at once', async () => {
    await writeSource('third');
    await Promise.all([1, 2, 3].map(() => inOwnProcess()));
    assert.equal(await kura(), `third joined js ${path.join(root, 'src/app/beside.txt')}`);
    assert.deepEqual(await readdir(path.join(root, 'dist')), ['program']);
  });

  /** Builds are told apart by their process. */
  async function inOwnProcess(): Promise<void> {
    const module = JSON.stringify(path.join(import.meta.dirname, 'build-program.ts'));
    const code = `const { buildProgram } = await import(${module}); await buildProgram(${JSON.stringify(root)});`;
    await run(process.execPath, ['--input-type=module', '--disable-warning=ExperimentalWarning', '--eval', code]);
  }

  function writeSource(word: string): Promise<void> {
    const lines = [
      "import { fileURLToPath } from 'node:url';",
      "import { Worker } from 'node:worker_threads';",
      'export function say() {',
      "const way = process.argv[1]?.endsWith('.ts') ? 'sources' : 'joined';",
      "const beside = fileURLToPath(new URL('beside.txt', import.meta.url));",
      "const worker = new Worker(new URL('./said-worker.ts', import.meta.url));",
      `worker.on('message', (kind) => process.stdout.write(['${word}', way, kind, beside].join(' ')));`,
      '}',
    ];
    return writeFile(path.join(root, 'src/app/part.ts'), `${lines.join('\n')}\n`);
  }

  async function kura(): Promise<string> {
    return (await run(path.join(root, 'bin/kura'), [])).stdout;
  }
});
