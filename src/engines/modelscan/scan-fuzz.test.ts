import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';

import * as fc from 'fast-check';

import { MIB } from '#kernel/units';

import type { ScanReport } from './report.ts';
import { scanBytes } from './scan-file.ts';
import { goodSafetensors, torchZip, writeGguf, writeNpy, writeTar } from './testing/model-writer.ts';
import { writeOnnx } from './testing/onnx-writer.ts';
import { assemble, binUnicode, global, harmlessPickle, proto } from './testing/pickle-assembler.ts';
import { writeZip } from './testing/zip-writer.ts';

const npy = writeNpy("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", Buffer.alloc(8));

const goodFiles: readonly (readonly [string, Buffer])[] = [
  ['a.safetensors', goodSafetensors()],
  ['a.gguf', writeGguf({ keys: [['tokenizer.chat_template', "{{ m['a'] }}"]] })],
  ['a.onnx', writeOnnx()],
  ['a.pt', torchZip()],
  ['a.pkl', harmlessPickle()],
  ['a.bin', assemble(proto(2), global('collections', 'OrderedDict'), ')R', binUnicode('a'), 'K', 1, 's.')],
  ['a.npy', npy],
  ['a.npz', writeZip([{ name: 'x.npy', content: npy, deflate: true }])],
  ['a.tar', writeTar([{ name: 'm.safetensors', content: goodSafetensors() }])],
  ['a.pkl.gz', gzipSync(harmlessPickle())],
  ['a.json', Buffer.from('{"a": [1, "b", {"_target_": "torch.nn.Linear"}]}')],
  ['a.h5', gunzipSync(readFileSync(new URL('testing/hdf5-files/clean-model-latest.h5.gz', import.meta.url)))],
  ['a.yaml', Buffer.from('a: &x [1, 2]\nb: *x\nc: {target: ldm.util.x}\n')],
];

const names = [
  '',
  'a',
  'a.pt',
  'a.safetensors',
  'a.gguf',
  'a.onnx',
  'a.npy',
  'a.zip',
  'a.json',
  'a.yaml',
  'a.jinja',
  'a.txt',
];

/** What must hold of any bytes: a report, no stumbling, and nothing clean that imports what nobody allowed. */
function assertSound(report: ScanReport): void {
  assert.equal(
    report.findings.find(({ rule }) => rule === 'scan-failed'),
    undefined,
  );
  if (report.verdict === 'clean') assert.ok(report.imports.every(({ verdict }) => verdict === 'allowed'));
  else assert.ok(report.findings.length > 0);
}

interface Mutation {
  readonly at: number;
  readonly bytes: Uint8Array;
  readonly remove: number;
}

function mutate(content: Buffer, mutations: readonly Mutation[]): Buffer {
  return mutations.reduce((current, { at, bytes, remove }) => {
    const index = at % (current.length + 1);
    return Buffer.concat([
      current.subarray(0, index),
      bytes,
      current.subarray(Math.min(current.length, index + remove)),
    ]);
  }, content);
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat(20_000),
  bytes: fc.oneof(
    fc.uint8Array({ maxLength: 9 }),
    fc.constantFrom(
      ...[
        'cos\nsystem\n',
        '\x8c\x02os\x8c\x06system\x93',
        'PK\x05\x06',
        'PK\x01\x02',
        '\xff\xff\xff\xff\xff\xff\xff\xff',
        '\0\0\0\0',
      ].map((text) => Buffer.from(text, 'latin1')),
    ),
  ),
  remove: fc.nat(12),
});

describe('hostile bytes', () => {
  it('of any kind and name end in a sound report', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 600 }), fc.constantFrom(...names), async (content, name) => {
        assertSound(await scanBytes(content, { names: [name] }));
      }),
      { numRuns: 1500 },
    );
  });

  for (const [name, content] of goodFiles) {
    it(`made of a good ${name} (${content.length} bytes) end in a sound report`, async () => {
      assert.equal((await scanBytes(content, { names: [name] })).verdict, 'clean');
      await fc.assert(
        fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 4 }), async (mutations) => {
          assertSound(await scanBytes(mutate(content, mutations), { names: [name], limits: { inflatedMember: MIB } }));
        }),
        { numRuns: 300 },
      );
    });
  }

  it('that once named an import never lose it to a cut behind it', async () => {
    const payload = Buffer.from('cos\nsystem\n', 'latin1');
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 40 }), async (tail) => {
        const report = await scanBytes(Buffer.concat([payload, tail]), { names: ['a.pkl'] });
        assert.equal(report.verdict, 'dangerous');
      }),
    );
  });
});
