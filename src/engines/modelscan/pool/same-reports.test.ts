/** Small files go to the threads in lots and into a buffer that serves one after the other: nothing of one may be in another. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { MIB } from '#kernel/units';

import type { ScanReport } from '../report.ts';
import { scanBytes } from '../scan-file.ts';
import { allTechniques } from '../testing/corpus/all-techniques.ts';
import { cleanTraps } from '../testing/corpus/clean-traps.ts';
import { bytesOf } from '../testing/corpus/technique.ts';
import { createScanner } from './scanner.ts';

const samples = [
  ...Object.values(allTechniques).flatMap((area) => Object.values(area).map((technique) => technique.samples)),
  ...Object.values(cleanTraps),
]
  .flatMap((group) => Object.entries(group))
  .map(([name, content]) => [basename(name) === '' ? 'model' : basename(name), bytesOf(content)] as const)
  // Large ones take other ways, and long.
  .filter(([, content]) => content.length < MIB);

/** All that does not depend on when and where it was found. */
function comparable({ path, ms: _ms, modifiedMs: _modifiedMs, ...report }: ScanReport): unknown {
  return { ...report, name: basename(path) };
}

/** These look for the files that a model names beside it, and bytes have nothing beside them. */
function looksBeside({ findings }: ScanReport): boolean {
  return findings.some(({ rule }) => rule.startsWith('onnx-external'));
}

describe('the threads of a scanner', () => {
  let folder = '';
  const paths: string[] = [];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'modelscan-'));
    for (const [index, [name, content]] of samples.entries()) {
      const path = join(folder, String(index), name);
      await mkdir(dirname(path));
      await writeFile(path, content);
      paths.push(path);
    }
  });

  after(async () => {
    await rm(folder, { recursive: true });
  });

  it('report of every file of the corpus what the scan of its bytes alone reports', async () => {
    await using scanner = createScanner({ size: 2, startsAtOnce: true });
    const reports = await Promise.all(paths.map((path) => scanner.scan(path)));
    for (const [index, [name, content]] of samples.entries()) {
      const report = reports[index];
      assert.ok(report !== undefined);
      if (looksBeside(report)) continue;
      assert.deepEqual(comparable(report), comparable(await scanBytes(content, { names: [name] })), name);
    }
  });
});
