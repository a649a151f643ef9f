import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';

const suites: Readonly<Record<string, string>> = {
  'mixed.test.ts': `import { describe, it } from 'node:test';
describe('s', () => {
  it('works', () => {});
  it('is skipped', { skip: 'no tape drive' }, () => {});
  it('fails', () => { console.log('wrote this'); throw new Error('boom'); });
});`,
  'empty.test.ts': `export {};`,
  'broken.test.ts': `throw new Error('does not load');`,
  'many.test.ts': `import { it } from 'node:test';
for (let n = 0; n < 300; n++) it('test ' + n, () => {});`,
  'own.test.ts': `import assert from 'node:assert/strict';
import { it } from 'node:test';
it('has its own process', () => assert.match(process.argv[1], /own/));
process.env.TZ = 'UTC';`,
  'hanging.test.ts': `import { it } from 'node:test';
it('hangs', () => new Promise((resolve) => setTimeout(resolve, 60_000)));`,
};

/** node:test refuses to run files from inside a test, so the group runs in a process that does not know it is one. */
const runner = `import { runGroup } from ${JSON.stringify(path.join(import.meta.dirname, 'run-group.ts'))};
const [root, ...files] = process.argv.slice(2);
const group = { name: 'g', owns: /x/, atOnce: 2, long: [], perProcess: Number(process.env.PER_PROCESS ?? 1), timeoutMs: 1500, needsBrowser: false, needsWeb: false };
console.log(JSON.stringify(await runGroup({ group, files }, root, new AbortController().signal)));`;

describe('runGroup', () => {
  let folder = '';
  before(async () => {
    folder = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), 'kura-suite-')));
    for (const [name, content] of Object.entries({
      ...suites,
      'runner.ts': runner,
      'package.json': '{"type":"module"}',
    })) {
      await fs.writeFile(path.join(folder, name), content);
    }
  });
  after(() => fs.rm(folder, { recursive: true, force: true }));

  it('counts single tests, not suites, and shows what failed with its output and what was skipped with its reason', async () => {
    const output = await runFiles(['mixed.test.ts']);
    assert.match(output, /"passed":1,"failed":1,"skipped":1/);
    assert.match(output, /FAIL mixed\.test\.ts:5 fails\n {5}Error: boom/);
    assert.match(output, /wrote this/);
    assert.match(output, /is skipped \(no tape drive\)/);
  });

  it('fails a file without tests', async () => {
    assert.match(await runFiles(['empty.test.ts']), /has no tests[^]*"passed":0,"failed":1/);
  });

  it('fails a file that does not load, and shows why', async () => {
    assert.match(await runFiles(['broken.test.ts']), /failed as a whole[^]*does not load[^]*"passed":0,"failed":1/);
  });

  it('loses no result of a file with many tests', async () => {
    assert.match(await runFiles(['many.test.ts']), /"passed":300,"failed":0,"skipped":0/);
  });

  it('ends a test that hangs', async () => {
    assert.match(await runFiles(['hanging.test.ts']), /Ended: still running after 2\.5 s[^]*"passed":0,"failed":[1-9]/);
  });

  describe('with files that share a process', () => {
    const perProcess = '9';

    it('knows each file of it, and gives one that touches the process a process of its own', async () => {
      const output = await runFiles(['mixed.test.ts', 'many.test.ts', 'own.test.ts', 'empty.test.ts'], perProcess);
      assert.match(output, /FAIL mixed\.test\.ts:5 fails\n {5}Error: boom[^]*wrote this/);
      assert.match(output, /FAIL empty\.test\.ts has no tests/);
      assert.match(output, /is skipped \(no tape drive\)/);
      assert.match(output, /"passed":302,"failed":2,"skipped":1/);
    });

    it('fails one that does not load, and runs the others', async () => {
      const output = await runFiles(['many.test.ts', 'broken.test.ts'], perProcess);
      assert.match(output, /FAIL broken\.test\.ts failed as a whole\n {5}Error: does not load/);
      assert.match(output, /"passed":300,"failed":1,"skipped":0/);
    });
  });

  async function runFiles(files: readonly string[], perProcess = '1'): Promise<string> {
    const { NODE_TEST_CONTEXT: _, ...environment } = process.env;
    const env = { ...environment, PER_PROCESS: perProcess };
    const args = ['--disable-warning=ExperimentalWarning', 'runner.ts', folder, ...files];
    return (await promisify(execFile)(process.execPath, args, { cwd: folder, env })).stdout;
  }
});
