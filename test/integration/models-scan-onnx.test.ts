import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

import { scanFile } from '#engines/modelscan';
import { collectRealModels } from '#stand-ins/civitai';

/** Shared with the demo, so that the package is fetched once. */
const cache = fileURLToPath(new URL('../../.cache/real-models', import.meta.url));

describe('genuine ONNX models', () => {
  it('are clean whole, and never clean when cut', async (test) => {
    const { models, missing } = await collectRealModels(cache);
    const paths = models.map(({ path }) => path).filter((path) => path.endsWith('.onnx'));
    if (paths.length === 0) {
      test.skip(`not to be had here: ${missing.map(({ name, reason }) => `${name} (${reason})`).join(', ')}`);
      return;
    }
    const folder = await mkdtemp(join(tmpdir(), 'kura-onnx-'));
    test.after(() => rm(folder, { recursive: true, force: true }));
    for (const path of paths) {
      const report = await scanFile(path);
      assert.deepEqual(report.findings, [], path);
      assert.deepEqual([report.verdict, report.format], ['clean', 'onnx']);
      assert.ok((report.metadata?.onnx?.operatorTypes ?? 0) > 10);
      assert.ok(report.bytesRead < report.sizeBytes / 2, `${report.bytesRead} bytes read`);
      const content = await readFile(path);
      for (const share of [0.1, 0.5, 0.99]) {
        const cut = join(folder, basename(path));
        await writeFile(cut, content.subarray(0, Math.floor(content.length * share)));
        assert.equal((await scanFile(cut)).verdict, 'invalid', `${path} ${share}`);
      }
    }
  });
});
