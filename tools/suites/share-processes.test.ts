import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { it } from 'node:test';

const root = path.resolve(import.meta.dirname, '../..');

/** What a file does to every other in its process. Reading the environment, or ending children at the end, is no harm. */
const changesProcess =
  /\bprocess\.env(?:\.\w+|\[[^\]]+\])\s*(?:\?\?|\|\||&&)?=(?!=)|\bdelete process\.env|\bassign\(process\.env|\bprocess\.(?:chdir|umask|exit)\(|\bglobalThis(?:\.\w+|\[[^\]]+\])\s*=(?!=)|\bmock\.(?:timers|method|module)/;

/** Whether a test file needs a process of its own is judged by its own text; so what it imports must not need one. */
it('what tests import changes nothing that all test files of a process share', async () => {
  for (const planted of ["process.env['TZ'] = 'UTC'", "process.env.TZ ??= 'UTC'", 'globalThis.fetch = fake']) {
    assert.match(planted, changesProcess);
  }
  assert.doesNotMatch("if (process.env['CI'] === 'true')", changesProcess);
  let looked = 0;
  const guilty: string[] = [];
  for await (const file of glob(['test/**/*.ts', 'src/**/testing/**/*.ts'], { cwd: root })) {
    // A child is a program of its own.
    if (/(?:\.test|-child)\.ts$/.test(file)) continue;
    looked += 1;
    if (changesProcess.test(await readFile(path.join(root, file), 'utf8'))) guilty.push(file);
  }
  assert.ok(looked > 100, `only ${looked} files`);
  assert.deepEqual(guilty, []);
});
