/** Mistakes of gigabytes, refused from their first and last bytes, over a simulated CivitAI and real sockets. */
import assert from 'node:assert/strict';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, it } from 'node:test';

import { GIB, MIB } from '#kernel/units';
import { modelsCommands } from '#models';
import { type CivitaiSimulator, startCivitaiSimulator } from '#stand-ins/civitai';
import { forEachDatabase } from '#stand-ins/databases';

import { runCommand } from '../../src/domains/models/testing/command-runner.ts';
import { torchDataPickle, writeGguf, writeSafetensors } from '../../src/engines/modelscan/testing/model-writer.ts';
import { maliciousPickle } from '../../src/engines/modelscan/testing/pickle-assembler.ts';
import { type Segment, zipSegments } from '../../src/engines/modelscan/testing/zip-writer.ts';
import { openOver } from './models/bench-over-simulator.ts';

interface Mistake {
  readonly fileName: string;
  readonly baseModel: string;
  readonly segments: readonly Segment[];
  readonly sizeBytes: number;
}

const HUGE = 3 * GIB;

function headed(head: Buffer, dataBytes: number): Pick<Mistake, 'segments' | 'sizeBytes'> {
  return { segments: [{ offset: 0, bytes: head }], sizeBytes: head.length + dataBytes };
}

function zipped(pickle: Buffer, holeBytes: number): Pick<Mistake, 'segments' | 'sizeBytes'> {
  const segments = zipSegments([
    { name: 'm/data/0', content: Buffer.alloc(0), hole: holeBytes },
    { name: 'm/data.pkl', content: pickle },
  ]);
  const last = segments.at(-1);
  return { segments, sizeBytes: (last?.offset ?? 0) + (last?.bytes.length ?? 0) };
}

function unet(textWidth: number, dataBytes: number): Buffer {
  const rows = dataBytes / textWidth;
  const name = 'model.diffusion_model.input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight';
  return writeSafetensors({ [name]: { dtype: 'U8', shape: [rows, textWidth], data_offsets: [0, dataBytes] } }, 0);
}

function bigGguf(): Buffer {
  return writeGguf({ tensors: [{ name: 'w', dimensions: [HUGE / 4], type: 0, offset: 0 }], dataBytes: 0 });
}

const mistakes = {
  dangerous: { fileName: 'nice.ckpt', baseModel: 'SD 1.5', ...zipped(maliciousPickle(), HUGE) },
  dangerousSmaller: { fileName: 'small.ckpt', baseModel: 'SD 1.5', ...zipped(maliciousPickle(), 6 * MIB) },
  overlapping: {
    fileName: 'overlap.safetensors',
    baseModel: 'SDXL 1.0',
    ...headed(
      writeSafetensors(
        {
          a: { dtype: 'U8', shape: [GIB], data_offsets: [0, GIB] },
          b: { dtype: 'U8', shape: [HUGE - 1], data_offsets: [1, HUGE] },
        },
        0,
      ),
      HUGE,
    ),
  },
  disguised: { fileName: 'disguised.safetensors', baseModel: 'SDXL 1.0', ...headed(bigGguf(), HUGE) },
  wrongBase: {
    fileName: 'claims-xl.safetensors',
    baseModel: 'Pony',
    ...headed(unet(768, 768 * 4 * MIB), 768 * 4 * MIB),
  },
  wrongBaseSmaller: {
    fileName: 'claims-xl-too.safetensors',
    baseModel: 'Pony',
    ...headed(unet(768, 768 * 8192), 768 * 8192),
  },
  good: { fileName: 'good-xl.safetensors', baseModel: 'Pony', ...headed(unet(2048, 8 * MIB), 8 * MIB) },
  goodTorch: { fileName: 'good.pt', baseModel: 'SD 1.5', ...zipped(torchDataPickle((6 * MIB) / 4), 6 * MIB) },
} as const satisfies Readonly<Record<string, Mistake>>;
type Which = keyof typeof mistakes;
const order = Object.keys(mistakes) as Which[];

let folder = '';
let simulator: CivitaiSimulator;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kura-mistakes-'));
  const realModels = [];
  for (const which of order) {
    const { fileName, baseModel, segments, sizeBytes } = mistakes[which];
    const path = join(folder, fileName);
    await using file = await open(path, 'w');
    await file.truncate(sizeBytes);
    for (const { offset, bytes } of segments) await file.write(bytes, 0, bytes.length, offset);
    realModels.push({ path, name: which, type: 'Checkpoint', baseModel, hashes: 'none' as const });
  }
  simulator = await startCivitaiSimulator({ realModels });
});

after(async () => {
  await simulator[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

function refOf(which: Which): string {
  const { versionId, fileId } = simulator.catalogue.real[order.indexOf(which)] ?? { versionId: 0, fileId: 0 };
  return `https://civitai.com/api/download/models/${versionId}?fileId=${fileId}`;
}

function servedBytes(): number {
  return simulator.requests.reduce((sum, { bytesSent }) => sum + bytesSent, 0);
}

const refusals: readonly (readonly [Which, string, number, RegExp])[] = [
  ['dangerous', 'models.first-look-dangerous', 4, /os\.system/],
  ['overlapping', 'models.first-look-invalid', 4, /safetensors-coverage/],
  ['disguised', 'models.first-look-format', 4, /gguf/],
  ['wrongBase', 'models.wrong-base-model', 5, /Pony.*SD 1|SD 1.*Pony/],
];

type EndedItem = { readonly status: string; readonly reason?: { readonly code: string; readonly message: string } };

forEachDatabase((databases) => {
  beforeEach(() => simulator.clearRequests());

  for (const [which, code, exitCode, told] of refusals) {
    it(`refuses 3 GB (${which}) before 4 MiB are here`, async (test) => {
      await using bench = await openOver(databases, simulator);
      const startedAt = performance.now();
      const argv = ['models', 'get', refOf(which), '--json'];
      const run = await runCommand(modelsCommands, argv, { open: async () => bench.models });
      test.diagnostic(`${Math.round(performance.now() - startedAt)} ms, ${servedBytes()} bytes`);
      const { items: ended } = run.events.at(-1) as { readonly items: readonly EndedItem[] };
      assert.deepEqual([ended[0]?.status, ended[0]?.reason?.code, run.code], ['failed', code, exitCode]);
      assert.match(ended[0]?.reason?.message ?? '', told);
      assert.ok(servedBytes() < 4 * MIB, String(servedBytes()));
      assert.equal(simulator.requests.filter(({ url }) => url.includes('/api/download/')).length, 1);
      assert.deepEqual(await bench.libraryFiles(), []);
      assert.deepEqual(await bench.models.listQuarantine(), []);
      const { items } = await bench.models.listDownloads({ limit: 5 });
      assert.deepEqual([items[0]?.status, items[0]?.reason?.code], ['failed', code]);
    });
  }

  it('fetches what the person takes the risk for, and says why where policy blocks it', async () => {
    await using bench = await openOver(databases, simulator);
    assert.equal((await bench.get([refOf('dangerousSmaller')]))[0]?.status, 'failed');
    const [blocked] = await bench.get([refOf('dangerousSmaller')], { acceptRisk: true });
    assert.deepEqual([blocked?.status, blocked?.reason?.code], ['failed', 'models.first-look-dangerous']);
    const [item] = await bench.get([refOf('dangerousSmaller')], {
      acceptRisk: true,
      riskReason: 'looked at by ourselves',
    });
    assert.deepEqual([item?.status, item?.verdict], ['placed', 'dangerous']);
  });

  it('does not question again what was let into the library before', async () => {
    await using bench = await openOver(databases, simulator);
    const [first] = await bench.get([refOf('wrongBaseSmaller')], { acceptRisk: true });
    assert.equal(first?.status, 'placed');
    await rm(first?.path ?? '');
    assert.equal((await bench.get([refOf('wrongBaseSmaller')]))[0]?.status, 'placed');
  });

  it('lets good files pass, still asking the site once for each', async () => {
    await using bench = await openOver(databases, simulator);
    for (const which of ['good', 'goodTorch'] as const) {
      simulator.clearRequests();
      const [item] = await bench.get([refOf(which)]);
      assert.deepEqual([item?.status, item?.verdict], ['placed', 'clean'], JSON.stringify(item?.reason));
      assert.equal(simulator.requests.filter(({ url }) => url.includes('/api/download/')).length, 1);
      assert.ok(servedBytes() < mistakes[which].sizeBytes + MIB, String(servedBytes()));
    }
  });
});
