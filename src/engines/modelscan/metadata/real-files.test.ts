/** Files that torch itself wrote (testing/facts-files/make-facts-files.py). */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';

import { scanBytes } from '../scan-file.ts';

const folder = join(import.meta.dirname, '../testing/facts-files');
const files = readdirSync(folder).filter((name) => name.endsWith('.gz'));

/** What comes before the dash names the kind; `ip-adapter` has one itself. */
const kinds = ['ip-adapter', 'lora', 'checkpoint', 'embedding', 'hypernetwork', 'esrgan'];
const sd1 = new Set(['ip-adapter', 'lora', 'checkpoint', 'embedding']);
const parameters: Readonly<Record<string, number>> = {
  'lora.pt.gz': 4 * (1 + 8 * 768 + 32 * 8),
  // Without what the optimiser remembers of each weight.
  'checkpoint-with-optimiser.pt.gz': 4 * 4 * 768 + 4 * 4 * 9 + 768,
  'esrgan.pt.gz': 6 * 4 * 4 * 9,
};

describe('a file written by torch', () => {
  it('is there at all', () => {
    assert.equal(files.length, 9);
  });

  for (const name of files) {
    it(`tells what it is: ${name}`, async () => {
      const kind = kinds.find((one) => name.startsWith(one));
      const report = await scanBytes(gunzipSync(readFileSync(join(folder, name))), { names: [name.slice(0, -3)] });
      assert.deepEqual(report.findings, []);
      const { facts } = report;
      assert.equal(facts?.kind?.id, kind);
      assert.equal(facts?.base?.id, kind !== undefined && sd1.has(kind) ? 'sd1' : undefined);
      assert.equal(facts?.parameters, parameters[name] ?? facts?.parameters);
    });
  }

  it('tells its weights also as ONNX', async () => {
    const name = 'clean-torch-conv-16.onnx';
    const { facts } = await scanBytes(readFileSync(join(folder, '../onnx-files', name)), { names: [name] });
    assert.ok((facts?.tensors ?? 0) > 0);
    assert.equal(facts?.precision, 'fp32');
    assert.deepEqual([facts?.kind, facts?.base], [null, null]);
  });

  it('tells precision and rank', async () => {
    for (const name of ['lora.pt.gz', 'lora-legacy.pt.gz']) {
      const { facts } = await scanBytes(gunzipSync(readFileSync(join(folder, name))), { names: ['lora.pt'] });
      assert.deepEqual([facts?.precision, facts?.rank], ['fp16', { least: 8, most: 8, usual: 8 }], name);
    }
  });
});
