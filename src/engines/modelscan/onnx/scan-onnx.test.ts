import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import type { ByteSource } from '../byte-source.ts';
import type { ScanReport } from '../report.ts';
import type { RuleId } from '../rules.ts';
import { scanBytes, scanFile } from '../scan-file.ts';
import {
  externalEntries,
  externalTensor,
  field,
  floatTensor,
  message,
  node,
  smallGraph,
  varint,
  wholeTensor,
  writeOnnx,
} from '../testing/onnx-writer.ts';
import { writeZip } from '../testing/zip-writer.ts';

async function scan(content: Buffer, name = 'a.onnx'): Promise<ScanReport> {
  return scanBytes(content, { names: [name] });
}

async function rulesOf(content: Buffer): Promise<RuleId[]> {
  return (await scan(content)).findings.map(({ rule }) => rule);
}

function graphWith(...fields: readonly Buffer[]): Buffer {
  return writeOnnx({ graph: Buffer.concat([smallGraph, ...fields]) });
}

const tensorPlaces: Readonly<Record<string, (tensor: Buffer) => Buffer>> = {
  'an initializer': (tensor) => graphWith(field(5, tensor)),
  'values of a sparse initializer': (tensor) => graphWith(message(15, field(1, tensor))),
  'indices of a sparse initializer': (tensor) => graphWith(message(15, field(2, tensor))),
  'an attribute': (tensor) => inAttribute(field(5, tensor)),
  'a list attribute': (tensor) => inAttribute(field(10, wholeTensor), field(10, tensor)),
  'a sparse attribute': (tensor) => inAttribute(message(22, field(1, tensor))),
  'a sparse list attribute': (tensor) => inAttribute(message(23, field(2, tensor))),
  'a subgraph': (tensor) => inAttribute(message(6, field(5, tensor))),
  'a list of subgraphs': (tensor) => inAttribute(message(11, field(5, tensor))),
  'a node of a function': (tensor) =>
    writeOnnx({ model: message(25, field(1, 'f'), message(7, node('Constant', message(5, field(5, tensor))))) }),
  'a default of a function': (tensor) =>
    writeOnnx({ model: message(25, field(1, 'f'), message(11, field(1, 'a'), field(5, tensor))) }),
  'the start of training': (tensor) => writeOnnx({ model: message(20, message(1, field(5, tensor))) }),
  'the algorithm of training': (tensor) => writeOnnx({ model: message(20, message(2, field(5, tensor))) }),
};

function inAttribute(...fields: readonly Buffer[]): Buffer {
  return graphWith(message(1, node('Constant', message(5, field(1, 'value'), ...fields))));
}

describe('ONNX', () => {
  it('is clean when nothing is unknown, and tells what it is', async () => {
    const report = await scan(writeOnnx({ model: field(3, '1.0') }));
    assert.deepEqual(report.findings, []);
    assert.deepEqual([report.verdict, report.format], ['clean', 'onnx']);
    assert.deepEqual(report.metadata?.onnx, {
      irVersion: 8,
      producer: 'kura 1.0',
      operatorSets: { '': 17 },
      operatorTypes: 1,
    });
  });

  it('is recognised by its content, whatever it is called and in whatever order it is written', async () => {
    assert.equal((await scan(writeOnnx(), 'model')).format, 'onnx');
    const turned = Buffer.concat([
      field(7, smallGraph),
      field(6, 'x'.repeat(9000)),
      message(8, field(2, 17)),
      field(1, 8),
    ]);
    assert.equal((await scan(turned, 'model')).verdict, 'clean');
  });

  it('may hold fields that nobody knows yet, and packed lists', async () => {
    const packed = Buffer.concat([field(1, varint(2)), field(2, 1), field(9, Buffer.alloc(8)), field(900, 'later')]);
    assert.deepEqual(await rulesOf(graphWith(field(5, packed), field(901, 'later'))), []);
  });

  it('is invalid cut at any byte', async () => {
    const whole = writeOnnx({ model: message(14, field(1, 'a'), field(2, 'b')) });
    for (let length = 0; length < whole.length; length += 1) {
      assert.equal((await scan(whole.subarray(0, length))).verdict, 'invalid', String(length));
      assert.notEqual((await scan(whole.subarray(0, length), 'a')).verdict, 'clean', String(length));
    }
  });

  it('reads little of a model of two gigabytes', async () => {
    const bytes = 2 ** 31;
    const raw = Buffer.concat([field(1, bytes / 4), field(2, 1), varint(9 * 8 + 2), varint(bytes)]);
    const tensor = Buffer.concat([varint(5 * 8 + 2), varint(raw.length + bytes), raw]);
    const rest = message(1, node('Relu'));
    const head = Buffer.concat([field(1, 8), message(8, field(2, 17)), varint(7 * 8 + 2)]);
    const start = Buffer.concat([head, varint(tensor.length + bytes + rest.length), tensor]);
    const size = start.length + bytes + rest.length;
    const source: ByteSource = {
      size,
      read(offset, length) {
        const content = Buffer.alloc(Math.max(0, Math.min(length, size - offset)));
        for (const [part, at] of [
          [start, 0],
          [rest, size - rest.length],
        ] as const) {
          for (
            let index = Math.max(0, offset - at);
            index < Math.min(part.length, offset + content.length - at);
            index += 1
          )
            content[at + index - offset] = part[index] ?? 0;
        }
        return content;
      },
    };
    const report = await scanBytes(source, { names: ['a.onnx'] });
    assert.deepEqual([report.verdict, report.format], ['clean', 'onnx']);
    assert.ok(report.bytesRead < 1_000_000, String(report.bytesRead));
  });
});

describe('ONNX that breaks its format', () => {
  const withoutVersion = Buffer.concat([message(8, field(2, 17)), field(7, smallGraph)]);
  const faults: Readonly<Record<string, Buffer>> = {
    'no IR version': withoutVersion,
    'an IR version of zero': Buffer.concat([field(1, 0), withoutVersion]),
    'no graph': Buffer.concat([field(1, 8), message(8, field(2, 17)), field(2, 'kura')]),
    'no operator sets': Buffer.concat([field(1, 8), field(7, smallGraph)]),
    'field number zero': graphWith(field(0, 1)),
    'a group': graphWith(Buffer.concat([varint(100 * 8 + 3), varint(100 * 8 + 4)])),
    'wire type seven': graphWith(varint(100 * 8 + 7)),
    'a field of the wrong type': graphWith(field(5, 1)),
    'a number of eleven bytes': graphWith(Buffer.concat([varint(100 * 8), Buffer.alloc(10, 0x80), Buffer.of(0)])),
    'a number of more than 64 bits': graphWith(Buffer.concat([varint(100 * 8), Buffer.alloc(9, 0xff), Buffer.of(2)])),
    'a length that wraps': graphWith(Buffer.concat([varint(5 * 8 + 2), varint(-1)])),
    'a length past its message': graphWith(Buffer.concat([varint(5 * 8 + 2), varint(1)])),
    'a packed list that ends within a number': graphWith(field(5, floatTensor(field(4, Buffer.alloc(7))))),
    'a node without an operator': graphWith(message(1, field(1, 'x'))),
    'too little raw data': graphWith(field(5, floatTensor(field(9, Buffer.alloc(7))))),
    'too much raw data': graphWith(field(5, floatTensor(field(9, Buffer.alloc(9))))),
    'raw data of text': graphWith(message(5, field(1, 1), field(2, 8), field(9, 'a'))),
    'a data type nobody knows': graphWith(message(5, field(2, 99))),
    'a dimension below zero': graphWith(message(5, field(1, -2), field(2, 1))),
    'dimensions that overflow': graphWith(message(5, field(1, 2 ** 40), field(1, 2 ** 40), field(2, 1))),
    'a data location nobody knows': graphWith(field(5, floatTensor(field(14, 2)))),
    'a segment of a tensor': graphWith(field(5, floatTensor(message(3, field(1, 0), field(2, 1))))),
    'external data without a location': graphWith(field(5, externalTensor({ offset: '0' }))),
    'an empty location': graphWith(field(5, externalTensor({ location: '' }))),
    'a length of words': graphWith(field(5, externalTensor({ location: 'w', length: '0x8' }))),
    'a length that is not the tensor': graphWith(field(5, externalTensor({ location: 'w', length: '9' }))),
    'data inside and outside': graphWith(
      field(5, floatTensor(field(9, Buffer.alloc(8)), externalEntries({ location: 'w' }))),
    ),
    'a location that is no text': graphWith(
      field(5, floatTensor(message(13, field(1, 'location'), field(2, Buffer.of(0xff))))),
    ),
  };
  for (const [name, content] of Object.entries(faults)) {
    it(`is invalid with ${name}`, async () => {
      const report = await scan(content);
      assert.ok(
        report.findings.some(({ rule }) => rule === 'onnx-broken'),
        JSON.stringify(report.findings),
      );
      assert.equal(report.verdict, 'invalid');
    });
  }

  it('is invalid nested deeper than a hundred messages, and may be less', async () => {
    function nested(levels: number): Buffer {
      let graph: Buffer = smallGraph;
      for (let level = 0; level < levels; level += 1) graph = message(1, node('If', message(5, field(6, graph))));
      return writeOnnx({ graph });
    }
    assert.equal((await scan(nested(30))).verdict, 'clean');
    assert.deepEqual(await rulesOf(nested(40)), ['onnx-limit']);
    assert.deepEqual(await rulesOf(nested(2000)), ['onnx-limit']);
  });

  it('is invalid when one tensor says more than any real one', async () => {
    const rules = await rulesOf(graphWith(message(5, ...Array.from({ length: 5000 }, () => field(1, 1)))));
    assert.ok(rules.includes('onnx-limit'));
  });

  it('is suspicious where a single field is repeated, and every occurrence counts', async () => {
    assert.deepEqual(await rulesOf(writeOnnx({ model: field(7, smallGraph) })), ['onnx-repeated-field']);
    const twice = graphWith(
      field(
        5,
        floatTensor(field(14, 1), message(13, field(1, 'location'), field(2, '../w'), field(2, 'w')), field(14, 0)),
      ),
    );
    const report = await scan(twice);
    assert.equal(report.verdict, 'dangerous');
    assert.ok(report.findings.some(({ rule }) => rule === 'onnx-repeated-field'));
  });
});

describe('external data of ONNX', () => {
  for (const [place, write] of Object.entries(tensorPlaces)) {
    it(`is found in ${place}`, async () => {
      assert.deepEqual((await scan(write(wholeTensor))).findings, []);
      assert.equal((await scan(write(externalTensor({ location: '../w' })))).verdict, 'dangerous');
    });
  }

  for (const location of [
    '/etc/passwd',
    '\\\\server\\share\\w',
    'C:w',
    'c:\\w',
    '..',
    '../w',
    'a/../../w',
    'a\\..\\w',
    'a/.. /w',
    'https://example.org/w',
    '*/_ORT_MEM_ADDR_/*',
    'w\u202e',
    'w\0',
  ]) {
    it(`is dangerous at ${JSON.stringify(location)}, whatever else is wrong`, async () => {
      const tensor = Buffer.concat([field(2, 99), field(1, -1), externalTensor({ location })]);
      assert.equal((await scan(graphWith(field(5, tensor)))).verdict, 'dangerous');
      const unmarked = floatTensor(externalEntries({ location }));
      assert.equal((await scan(graphWith(field(5, wholeTensor), field(5, unmarked)))).verdict, 'dangerous');
    });
  }

  it('stays dangerous behind faults that loaders overlook, and behind thousands of entries', async () => {
    const escaping = field(5, externalTensor({ location: '/w' }));
    const short = field(5, floatTensor(field(9, 'a')));
    const odd = Buffer.concat([field(5, 1), varint(100 * 8 + 3), varint(100 * 8 + 4), message(1, field(1, 'x'))]);
    assert.equal((await scan(graphWith(short, odd, escaping))).verdict, 'dangerous');
    const many = Array.from({ length: 5000 }, () => externalEntries({ location: 'w' }));
    const tensor = floatTensor(...many, externalEntries({ location: '/w' }), field(14, 1));
    assert.equal((await scan(graphWith(field(5, tensor)))).verdict, 'dangerous');
  });

  it('is suspicious where its file cannot be looked at, or its keys are unknown', async () => {
    assert.deepEqual(await rulesOf(graphWith(field(5, externalTensor({ location: 'w' })))), [
      'onnx-external-unchecked',
    ]);
    const zip = writeZip([{ name: 'a.onnx', content: graphWith(field(5, externalTensor({ location: 'w' }))) }]);
    assert.equal((await scan(zip, 'a.zip')).verdict, 'suspicious');
  });

  it('is dangerous for compiled parts outside of the folder', async () => {
    const context = message(
      1,
      node('EPContext', field(7, 'com.microsoft'), message(5, field(1, 'ep_cache_context'), field(4, '../c.bin'))),
    );
    assert.deepEqual((await rulesOf(graphWith(context))).toSorted(), ['onnx-external-escape', 'onnx-foreign-operator']);
  });
});

describe('external data beside an ONNX file', () => {
  let folder = '';
  before(async () => {
    const root = await mkdtemp(join(tmpdir(), 'kura-onnx-'));
    folder = join(root, 'model');
    await mkdir(join(folder, 'sub'), { recursive: true });
    await writeFile(join(root, 'secret'), Buffer.alloc(100));
    for (const name of ['w', 'sub/w', 'onnx::MatMul_1']) await writeFile(join(folder, name), Buffer.alloc(16));
    await symlink('../secret', join(folder, 'out'));
    await symlink('..', join(folder, 'up'));
    await symlink('w', join(folder, 'in'));
  });
  after(() => rm(join(folder, '..'), { recursive: true, force: true }));

  const cases: readonly (readonly [Readonly<Record<string, string>>, RuleId | 'clean'])[] = [
    [{ location: 'w' }, 'clean'],
    [{ location: 'sub/w', offset: '8', length: '8', checksum: 'abc' }, 'clean'],
    [{ location: 'onnx::MatMul_1' }, 'clean'],
    [{ location: 'in' }, 'clean'],
    [{ location: 'w', offset: '9' }, 'onnx-external-missing'],
    [{ location: 'w', offset: '18446744073709551', length: '8' }, 'onnx-external-missing'],
    [{ location: 'missing' }, 'onnx-external-missing'],
    [{ location: 'sub' }, 'onnx-external-missing'],
    [{ location: 'out' }, 'onnx-external-escape'],
    [{ location: 'up/secret' }, 'onnx-external-escape'],
    [{ location: 'w', __class__: 'x' }, 'onnx-external-unchecked'],
  ];
  for (const [entries, expected] of cases) {
    it(`is ${expected} with ${JSON.stringify(entries)}`, async () => {
      const path = join(folder, 'a.onnx');
      await writeFile(path, graphWith(field(5, externalTensor(entries))));
      const report = await scanFile(path);
      assert.deepEqual(
        report.findings.map(({ rule }) => rule),
        expected === 'clean' ? [] : [expected],
      );
    });
  }
});

describe('operators of ONNX', () => {
  function using(domain: string, type = 'Op'): Buffer {
    return message(1, node(type, field(7, domain)));
  }

  it('are clean in the domains that runtimes bring along', async () => {
    const domains = ['ai.onnx', 'ai.onnx.ml', 'ai.onnx.training', 'ai.onnx.preview.training', 'com.microsoft'];
    assert.deepEqual(await rulesOf(graphWith(...domains.map((domain) => using(domain)))), []);
  });

  it('are suspicious in any other, declared or used, also in a subgraph', async () => {
    for (const domain of ['ai.onnx.contrib', 'com.example', 'AI.ONNX', 'ai.onnx ']) {
      assert.deepEqual(await rulesOf(graphWith(using(domain))), ['onnx-custom-domain'], domain);
      assert.deepEqual(await rulesOf(writeOnnx({ model: message(8, field(1, domain), field(2, 1)) })), [
        'onnx-custom-domain',
      ]);
      assert.deepEqual(await rulesOf(inAttribute(message(6, using(domain)))), ['onnx-custom-domain']);
    }
  });

  it('may be functions of the model itself, but no others of their domain', async () => {
    const model = Buffer.concat([
      message(8, field(1, 'pkg.mine'), field(2, 1)),
      message(25, field(1, 'Op'), message(7, node('Relu')), message(9, field(2, 17)), field(10, 'pkg.mine')),
    ]);
    function withNode(type: string): Buffer {
      return writeOnnx({ model, graph: Buffer.concat([smallGraph, using('pkg.mine', type)]) });
    }
    assert.deepEqual(await rulesOf(withNode('Op')), []);
    assert.deepEqual(await rulesOf(withNode('Other')), ['onnx-custom-domain']);
  });

  it('of torch may be declared, as onnxruntime does, but not used', async () => {
    const torch = 'org.pytorch.aten';
    assert.deepEqual(await rulesOf(writeOnnx({ model: message(8, field(1, torch), field(2, 1)) })), []);
    assert.deepEqual(await rulesOf(graphWith(using(torch, 'ATen'))), ['onnx-custom-domain']);
  });

  it('are suspicious when they hand over to other code', async () => {
    assert.deepEqual(await rulesOf(graphWith(using('com.microsoft', 'PythonOp'))), ['onnx-foreign-operator']);
  });

  it('are suspicious in a version of ONNX whose fields nobody knows here', async () => {
    const newer = Buffer.concat([field(1, 14), message(8, field(2, 30)), field(7, smallGraph)]);
    assert.deepEqual(await rulesOf(newer), ['not-yet-analysed-format']);
  });
});

describe('metadata of ONNX', () => {
  it('is text, unless it has a loader call something', async () => {
    function noted(value: string): Buffer {
      return writeOnnx({ model: message(14, field(1, 'config'), field(2, value)) });
    }
    assert.deepEqual(await rulesOf(noted('import os; os.system("x")')), []);
    assert.equal((await scan(noted('{"a": {"_target_": "os.system"}}'))).verdict, 'dangerous');
  });
});
