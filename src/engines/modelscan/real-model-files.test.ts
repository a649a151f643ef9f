/** Files that torch and onnx wrote (the scripts beside them say how): their names begin with the verdict they must get. */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

import { scanBytes, scanFile } from './scan-file.ts';

const least: Readonly<Record<string, number>> = { 'torch-files': 35, 'onnx-files': 28 };
const byVerdict = /^(clean|suspicious|dangerous|invalid)-.*\.(?:ptl?|onnx)$/;

for (const [folder, count] of Object.entries(least)) {
  const path = fileURLToPath(new URL(`testing/${folder}`, import.meta.url));
  describe(`real ${folder}`, () => {
    it('get the verdict their names say', async () => {
      const names = (await readdir(path)).filter((name) => byVerdict.test(name));
      assert.ok(names.length >= count, String(names.length));
      for (const name of names) {
        const report = await scanFile(join(path, name));
        assert.equal(report.verdict, name.split('-')[0], `${name}: ${JSON.stringify(report.findings)}`);
      }
    });
  });
}

describe('real torch files', () => {
  it('are never clean when they are cut anywhere', async () => {
    const folder = fileURLToPath(new URL('testing/torch-files', import.meta.url));
    for (const name of (await readdir(folder)).filter((sample) => sample.startsWith('clean-'))) {
      const content = await readFile(join(folder, name));
      const step = 1 + Math.floor(content.length / 40);
      for (let length = 1; length < content.length; length += step) {
        const { verdict } = await scanBytes(content.subarray(0, length), { names: [name] });
        assert.notEqual(verdict, 'clean', `${name}: ${length} of ${content.length} bytes`);
      }
    }
  });
});
