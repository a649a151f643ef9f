import assert from 'node:assert/strict';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { GIB, MIB } from '#kernel/units';

import { judgeImport } from './pickle/import-policy.ts';
import { scanFile } from './scan-file.ts';
import { torchEntry, writeSafetensors } from './testing/model-writer.ts';
import { assemble, proto } from './testing/pickle-assembler.ts';
import { type Segment, zipSegments } from './testing/zip-writer.ts';

const HALF = 800_000_000;
const ELEMENTS = 2 * HALF;
const DATA_BYTES = ELEMENTS * 4;

it('a name of many words is judged in the time of its length', () => {
  const started = performance.now();
  const module = `torch${'.nn'.repeat(1500)}`;
  assert.equal(judgeImport({ module, name: 'Linear' }, 4).verdict, 'unknown');
  // Judged by all beginnings of all its ends, they took twenty seconds.
  assert.ok(performance.now() - started < 10_000);
  assert.equal(judgeImport({ module: 'torch.nn.torch', name: 'hub.load' }, 4).verdict, 'denied');
});

describe('a file of 6 GB', () => {
  let folder = '';

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'modelscan-'));
  });

  after(async () => {
    await rm(folder, { recursive: true });
  });

  async function sparse(name: string, segments: readonly Segment[], size: number): Promise<string> {
    const path = join(folder, name);
    await using file = await open(path, 'w');
    await file.truncate(size);
    for (const { offset, bytes } of segments) await file.write(bytes, 0, bytes.length, offset);
    return path;
  }

  it('in safetensors is judged by its header alone', async () => {
    const head = writeSafetensors({ w: { dtype: 'F32', shape: [ELEMENTS], data_offsets: [0, DATA_BYTES] } }, 0);
    const path = await sparse('a.safetensors', [{ offset: 0, bytes: head }], head.length + DATA_BYTES);
    const report = await scanFile(path);
    assert.equal(report.verdict, 'clean');
    assert.ok(report.sizeBytes > 5 * GIB);
    assert.ok(report.bytesRead < MIB / 2, String(report.bytesRead));
  });

  it('in a torch zip is judged without reading its tensors', async () => {
    const pickle = assemble(proto(2), '}', torchEntry(HALF, HALF, '0'), torchEntry(HALF, HALF, '1'), '.');
    const segments = zipSegments([
      { name: 'm/data.pkl', content: pickle },
      { name: 'm/version', content: Buffer.from('3\n') },
      { name: 'm/data/0', content: Buffer.alloc(0), hole: HALF * 4 },
      { name: 'm/data/1', content: Buffer.alloc(0), hole: HALF * 4 },
    ]);
    const end = segments.at(-1);
    const report = await scanFile(await sparse('a.pt', segments, (end?.offset ?? 0) + (end?.bytes.length ?? 0)));
    assert.deepEqual(report.findings, []);
    assert.equal(report.verdict, 'clean');
    assert.ok(report.sizeBytes > 5 * GIB);
    assert.ok(report.bytesRead < 2 * MIB, String(report.bytesRead));
  });
});
