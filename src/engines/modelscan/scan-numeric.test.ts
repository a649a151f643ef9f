import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { ByteSource } from './byte-source.ts';
import type { ScanReport } from './report.ts';
import { scanBytes } from './scan-file.ts';
import { type GgufShape, goodSafetensors, writeGguf, writeNpy, writeSafetensors } from './testing/model-writer.ts';
import { maliciousPickle } from './testing/pickle-assembler.ts';
import { writeZip } from './testing/zip-writer.ts';

async function scan(content: Buffer, name: string): Promise<ScanReport> {
  return scanBytes(content, { names: [name] });
}

const tensor = { dtype: 'F32', shape: [2], data_offsets: [0, 8] };

describe('safetensors', () => {
  it('are clean and tell what they are', async () => {
    const report = await scan(
      goodSafetensors({
        ss_tag_frequency: JSON.stringify({ folder: { hat: 2, 'blue eyes': 5 } }),
        'modelspec.architecture': 'stable-diffusion-xl-v1-base/lora',
        ss_bucket_info: JSON.stringify({ buckets: { 0: { resolution: [832, 1216], count: 9 } } }),
        note: 'import os; os.system("rm -rf /")',
      }),
      'a.safetensors',
    );
    assert.deepEqual(report.findings, []);
    assert.deepEqual([report.verdict, report.format], ['clean', 'safetensors']);
    const facts = report.facts;
    assert.deepEqual(facts?.trainedWords, ['blue eyes', 'hat']);
    assert.deepEqual(facts?.dtypes, { F16: 6, F32: 2 });
    assert.deepEqual([facts?.tensors, facts?.parameters], [2, 8]);
    assert.deepEqual(facts?.resolutions, ['832×1216']);
    assert.deepEqual(facts?.statedBases, ['stable-diffusion-xl-v1-base/lora']);
    assert.equal(facts?.base?.id, 'sdxl');
  });

  it('may end their header with spaces, and hold empty tensors', async () => {
    const header = `${JSON.stringify({ e: { dtype: 'F32', shape: [0, 3], data_offsets: [0, 0] }, w: tensor })}   `;
    assert.equal((await scan(writeSafetensors(header, 8), 'a.safetensors')).verdict, 'clean');
  });

  const faults: Readonly<Record<string, readonly [unknown, number]>> = {
    'a hole': [{ a: tensor, b: { ...tensor, data_offsets: [9, 17] } }, 17],
    'an overlap': [{ a: tensor, b: { ...tensor, data_offsets: [4, 12] } }, 12],
    'bytes after the last tensor': [{ a: tensor }, 9],
    'bytes missing': [{ a: tensor }, 7],
    'a size that does not fit the shape': [{ a: { ...tensor, shape: [3] } }, 8],
    'offsets turned around': [{ a: { ...tensor, data_offsets: [8, 0] } }, 8],
    'a negative side': [{ a: { ...tensor, shape: [-2] } }, 8],
    'a side with a fraction': ['{"a":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}}', 8],
    'a side with an exponent': ['{"a":{"dtype":"F32","shape":[2e0],"data_offsets":[0,8]}}', 8],
    'a side past exact numbers': ['{"a":{"dtype":"F32","shape":[9007199254740993,0],"data_offsets":[0,0]}}', 0],
    'an unknown type': [{ a: { ...tensor, dtype: 'F31' } }, 8],
    'an unknown field': [{ a: { ...tensor, code: 'x' } }, 8],
    'a missing field': [{ a: { dtype: 'F32', shape: [2] } }, 8],
    'a tensor twice': [`{"a":${JSON.stringify(tensor)},"a":${JSON.stringify(tensor)}}`, 8],
    'a tensor twice by an escape': [`{"a":${JSON.stringify(tensor)},"\\u0061":${JSON.stringify(tensor)}}`, 8],
    'a field twice': ['{"a":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}', 8],
    'metadata that is no text': [{ __metadata__: { a: 1 }, a: tensor }, 8],
    'metadata that is a list': [{ __metadata__: ['a'], a: tensor }, 8],
    'a comma too many': ['{"a":{"dtype":"F32","shape":[2,],"data_offsets":[0,8]}}', 8],
    'no object': ['[]', 0],
  };
  for (const [name, [header, data]] of Object.entries(faults)) {
    it(`are invalid with ${name}`, async () => {
      assert.equal((await scan(writeSafetensors(header, data), 'a.safetensors')).verdict, 'invalid');
    });
  }

  it('are invalid cut at any byte', async () => {
    const whole = goodSafetensors();
    for (let length = 0; length < whole.length; length += 1) {
      assert.equal((await scan(whole.subarray(0, length), 'a.safetensors')).verdict, 'invalid', String(length));
    }
  });

  it('are invalid when the header length wraps, is zero or enormous', async () => {
    for (const length of [0n, 1n, 2n ** 32n, 2n ** 63n, 2n ** 64n - 1n]) {
      const content = goodSafetensors();
      content.writeBigUInt64LE(length);
      assert.equal((await scan(content, 'a.safetensors')).verdict, 'invalid', String(length));
    }
  });

  it('are dangerous when their metadata has a loader call something', async () => {
    const config = { config: JSON.stringify({ model: { target: 'os.system' } }) };
    assert.equal((await scan(goodSafetensors(config), 'a.safetensors')).verdict, 'dangerous');
  });

  it('stay clean with tensor bytes that imitate other formats', async () => {
    const data = Buffer.concat([
      Buffer.from('MZ\x7fELFPK\x03\x04GGUF', 'latin1'),
      maliciousPickle(),
      Buffer.alloc(200),
    ]);
    const header = { 'os.system': { dtype: 'U8', shape: [data.length], data_offsets: [0, data.length] } };
    assert.equal((await scan(writeSafetensors(header, data), 'a.safetensors')).verdict, 'clean');
  });

  it('are not clean when a zip hangs at their end', async () => {
    const data = writeZip([{ name: 'x.pkl', content: maliciousPickle() }]);
    const header = { a: { dtype: 'U8', shape: [data.length], data_offsets: [0, data.length] } };
    assert.equal((await scan(writeSafetensors(header, data), 'a.safetensors')).verdict, 'dangerous');
  });

  it('are not clean when they are a pickle at the same time', async () => {
    // The length field is the opcode B, which skips into the header; there another B skips into the tensors.
    const payloadOffset = 15 + 0x2020_2020;
    const size = payloadOffset + 1000;
    const headerLength = 0x42 + 0x500;
    const data = size - 8 - headerLength;
    const header = `{"B    ":{"dtype":"U8","shape":[${data}],"data_offsets":[0,${data}]}}`.padEnd(headerLength, ' ');
    const head = writeSafetensors(header, 0);
    const payload = maliciousPickle();
    const source: ByteSource = {
      size,
      read(offset, length) {
        const content = Buffer.alloc(Math.max(0, Math.min(length, size - offset)));
        if (offset < head.length) head.copy(content, 0, offset);
        if (offset <= payloadOffset && payloadOffset < offset + length) payload.copy(content, payloadOffset - offset);
        return content;
      },
    };
    const report = await scanBytes(source, { names: ['a.safetensors'] });
    assert.equal(report.verdict, 'dangerous');
    assert.ok(report.findings.some(({ rule }) => rule === 'format-polyglot'));
    assert.ok(report.bytesRead < 1_000_000);
  });
});

describe('GGUF', () => {
  it('is clean in both versions and byte orders', async () => {
    for (const shape of [{}, { version: 2 }, { bigEndian: true }]) {
      const report = await scan(writeGguf(shape), 'a.gguf');
      assert.deepEqual(report.findings, []);
      assert.deepEqual([report.verdict, report.format], ['clean', 'gguf']);
    }
  });

  const w = { name: 'w', dimensions: [32, 2], type: 2, offset: 0 };
  const faults: Readonly<Record<string, GgufShape>> = {
    'version 1': { version: 1 },
    'more keys than bytes': { keyCount: 2 ** 53 },
    'one key too many': { keyCount: 3 },
    'a tensor count that wraps': { tensorCount: -1 },
    'a key twice': {
      keys: [
        ['a', 1],
        ['a', 2],
      ],
    },
    'a tensor twice': { tensors: [w, { ...w, offset: 64 }], dataBytes: 100 },
    'an alignment of zero': { keys: [['general.alignment', 0]] },
    'an odd alignment': { keys: [['general.alignment', 24]] },
    'a removed type': { tensors: [{ ...w, type: 4 }] },
    'too many dimensions': { tensors: [{ ...w, dimensions: [1, 1, 1, 1, 1] }] },
    'dimensions that overflow': { tensors: [{ ...w, dimensions: [2 ** 52, 2 ** 52] }] },
    'half a block': { tensors: [{ ...w, dimensions: [31] }] },
    'an offset off the grid': { tensors: [{ ...w, offset: 8 }], dataBytes: 64 },
    'an offset past the file': { tensors: [{ ...w, offset: 2 ** 40 }] },
    'data that is cut': { dataBytes: 35 },
    'data that nobody owns': { dataBytes: 200 },
  };
  for (const [name, shape] of Object.entries(faults)) {
    it(`is invalid with ${name}`, async () => {
      assert.equal((await scan(writeGguf(shape), 'a.gguf')).verdict, 'invalid');
    });
  }

  it('is invalid cut at any byte', async () => {
    const whole = writeGguf();
    for (let length = 0; length < whole.length; length += 1) {
      assert.equal((await scan(whole.subarray(0, length), 'a.gguf')).verdict, 'invalid', String(length));
    }
  });

  it('keeps an ordinary chat template, and refuses one that leaves its sandbox', async () => {
    const ordinary =
      "{% for m in messages %}{{ '<|' + m['role'] + '|>' }}{% if loop.index0 > 0 %}{{ m.content | trim }}{% endif %}{% endfor %}__class__";
    function keys(text: string): GgufShape {
      return { keys: [['tokenizer.chat_template', text]] };
    }
    assert.equal((await scan(writeGguf(keys(ordinary)), 'a.gguf')).verdict, 'clean');
    for (const text of [
      "{{ ''.__class__.__mro__ }}",
      "{{ x['__class__'] }}",
      "{{ x['\\x5f\\x5fclass\\x5f\\x5f'] }}",
      "{{ x|attr('a') }}",
      "{{ x['__cl' ~ 'ass__'] }}",
      '{% set a = cycler.__init__.__globals__ %}',
      "{{ '{0.__class__}'.format(x) }}",
      "{% include '/etc/passwd' %}",
      '{{ x.＿＿class＿＿ }}',
    ]) {
      assert.equal((await scan(writeGguf(keys(text)), 'a.gguf')).verdict, 'dangerous', text);
    }
  });
});

describe('npy', () => {
  const header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";

  it('is clean when the numbers are all there', async () => {
    assert.equal((await scan(writeNpy(header, Buffer.alloc(24)), 'a.npy')).verdict, 'clean');
    const fields = "{'descr': [('a', '<f4'), ('b', '|S5', (2,))], 'fortran_order': False, 'shape': (2,), }";
    assert.equal((await scan(writeNpy(fields, Buffer.alloc(28)), 'a.npy')).verdict, 'clean');
  });

  for (const text of [
    "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 4), }",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (-2, -3), }",
    "{'descr': '<f4', 'fortran_order': False}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), 'x': 1}",
    "{'descr': __import__('os').system('id'), 'fortran_order': False, 'shape': (2, 3)}",
    "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)}",
  ]) {
    it(`is invalid with the header ${text}`, async () => {
      assert.equal((await scan(writeNpy(text, Buffer.alloc(24)), 'a.npy')).verdict, 'invalid');
    });
  }

  for (const descr of ["'|O'", "'O'", "'object'", "[('a', '<f4'), ('b', '|O')]", "[('a', [('b', 'O')])]"]) {
    it(`holds a pickle when its type is ${descr}`, async () => {
      const text = `{'descr': ${descr}, 'fortran_order': False, 'shape': (1,), }`;
      assert.equal((await scan(writeNpy(text, maliciousPickle()), 'a.npy')).verdict, 'dangerous');
    });
  }
});
