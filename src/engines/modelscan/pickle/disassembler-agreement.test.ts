/** Our walk against Python's own disassembler: the same opcodes, the same imports, the same end. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';

import * as fc from 'fast-check';

import { bufferSource } from '../byte-source.ts';
import { defaultScanLimits } from '../limits.ts';
import { assemble, binUnicode, global, type Part, proto, shortUnicode } from '../testing/pickle-assembler.ts';
import { PickleReader } from './pickle-reader.ts';
import { createPickleMachine } from './scan-pickle.ts';

const script = String.raw`
import pickletools, sys, json
for line in sys.stdin:
    opcodes, imports, end = 0, [], -1
    for opcode, argument, position in pickletools.genops(bytes.fromhex(line.strip())):
        opcodes += 1
        end = position + 1
        if opcode.name in ('GLOBAL', 'INST'): imports.append(argument.replace(' ', '.'))
    print(json.dumps([opcodes, imports, end]))
`;

interface Walk {
  readonly opcodes: number;
  readonly imports: readonly string[];
  readonly end: number;
}

function walk(pickle: Buffer): Walk {
  const imports: string[] = [];
  const reader = new PickleReader(bufferSource(pickle), 0);
  const machine = createPickleMachine({
    reader,
    limits: defaultScanLimits,
    torchStorages: true,
    observer: {
      report: () => undefined,
      recordImport: (name) => {
        imports.push(name);
      },
      onStorage: () => undefined,
      onView: () => undefined,
    },
  });
  machine.run(100_000);
  assert.ok(machine.stopped);
  return { opcodes: machine.opcodes, imports, end: reader.position };
}

function le(value: number, length: number): Buffer {
  const field = Buffer.alloc(8);
  field.writeBigUInt64LE(BigInt(value));
  return field.subarray(0, length);
}

/** Parts that each leave one value more. */
const values: readonly fc.Arbitrary<readonly Part[]>[] = [
  fc.constantFrom('N', '\x88', '\x89', ']', '}', ')', '\x8f').map((opcode) => [opcode]),
  fc.nat(255).map((value) => ['K', value]),
  fc.nat(65_535).map((value) => ['M', le(value, 2)]),
  fc.integer().map((value) => [`I${value}\n`]),
  fc.bigInt().map((value) => [`L${value}L\n`]),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => [`F${value}\n`]),
  fc.uint8Array({ maxLength: 80 }).map((bytes) => [0x8a, bytes.length, Buffer.from(bytes)]),
  fc.uint8Array({ minLength: 8, maxLength: 8 }).map((bytes) => ['G', Buffer.from(bytes)]),
  fc.string({ maxLength: 60 }).map((text) => [shortUnicode(text)]),
  fc.string({ maxLength: 9000 }).map((text) => [binUnicode(text)]),
  fc.uint8Array({ maxLength: 5000 }).map((bytes) => ['B', le(bytes.length, 4), Buffer.from(bytes)]),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => [0x8e, le(bytes.length, 8), Buffer.from(bytes)]),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => [0x96, le(bytes.length, 8), Buffer.from(bytes)]),
  fc.string({ unit: fc.constantFrom('a', 'b', ' ', '"'), maxLength: 9000 }).map((text) => [`S'${text}'\n`]),
  fc
    .string({ unit: fc.constantFrom('a', '\\', 'u', '0', '4', '1'), maxLength: 8 })
    .map((text) => [`V${text.replaceAll(/\\/g, '/')}\n`]),
  fc.constantFrom('collections OrderedDict', 'torch float32', 'os system', 'a.b c.d').map((name) => {
    const [module = '', attribute = ''] = name.split(' ');
    return [global(module, attribute)];
  }),
  fc
    .constantFrom(
      '(icollections\nOrderedDict\n',
      '(N\x88t',
      '(l',
      '(d',
      '(NNd',
      '(N\x91',
      'Pid\n',
      '\x82\x01',
      '\x83\x01\x00',
    )
    .map((text) => [text]),
];

/** Parts that work on the value at the top and leave one there. */
const changes: readonly Part[] = [
  '\x85',
  '20',
  '2\x86',
  'q\x05h\x050',
  '\x94',
  'p77\ng77\n0',
  '(1',
  'NN\x87',
  '(0',
  'r\x00\x01\x00\x00',
];

const pickles = fc
  .array(
    fc.oneof(
      fc.oneof(...values),
      fc.constantFrom(...changes).map((change) => ['N', change]),
    ),
    { minLength: 1, maxLength: 30 },
  )
  .map((parts) => assemble(proto(4), ...parts.flat(), '.'));

const hasPython = spawnSync('python3', ['-c', 'import pickletools']).status === 0;

describe("agreement with Python's disassembler", { skip: hasPython ? false : 'no Python here' }, () => {
  it('holds for random pickles of all opcodes', () => {
    const samples = fc.sample(pickles, { numRuns: 600, seed: 20_261_122 });
    const run = spawnSync('python3', ['-c', script], {
      input: samples.map((sample) => sample.toString('hex')).join('\n'),
      encoding: 'utf8',
      maxBuffer: 64_000_000,
    });
    assert.equal(run.status, 0, run.stderr);
    const lines = run.stdout.trim().split('\n');
    assert.equal(lines.length, samples.length);
    for (const [index, sample] of samples.entries()) {
      const { opcodes, imports, end } = walk(sample);
      assert.deepEqual(
        [opcodes, imports, end],
        JSON.parse(lines[index] ?? ''),
        sample.toString('latin1').slice(0, 200),
      );
    }
  });
});
