import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import * as fc from 'fast-check';

import { GIB, KIB, MIB } from '#kernel/units';

import { createScanner } from '../pool/scanner.ts';
import type { ScanReport } from '../report.ts';
import { scanBytes } from '../scan-file.ts';
import { bigFiles } from '../testing/big-files.ts';
import { goodFiles, type Mutation, meaningfulBytes, mutate } from '../testing/fuzz-corpus.ts';
import { torchDataPickle, writeGguf, writeSafetensors } from '../testing/model-writer.ts';
import { assemble, binUnicode, maliciousPickle, proto } from '../testing/pickle-assembler.ts';
import { type Segment, zipSegments } from '../testing/zip-writer.ts';
import type { FilePieces } from './file-pieces.ts';
import { lookAtPieces } from './look-at-pieces.ts';

type Read = (start: number, end: number) => Uint8Array;

interface Looked {
  readonly report: ScanReport;
  readonly bytes: number;
}

/** Gives the look what it wants until it has seen enough. */
async function lookThrough(size: number, read: Read, name: string, edge = 128 * KIB): Promise<Looked> {
  const pieces: { start: number; bytes: Uint8Array }[] = [];
  function add(start: number, end: number): void {
    pieces.push({ start, bytes: read(start, Math.min(end, size)) });
  }
  add(0, edge);
  if (size > edge) add(Math.max(edge, size - edge), size);
  let report = await lookAtPieces({ size, pieces }, { names: [name] });
  while (report.wanted !== undefined) {
    const { offset, length } = report.wanted;
    add(offset, offset + length);
    report = await lookAtPieces({ size, pieces }, { names: [name] });
  }
  return { report, bytes: pieces.reduce((sum, { bytes }) => sum + bytes.length, 0) };
}

function sparse(segments: readonly Segment[]): Read {
  return (start, end) => {
    const bytes = Buffer.alloc(end - start);
    for (const segment of segments) {
      const from = Math.max(start, segment.offset);
      const to = Math.min(end, segment.offset + segment.bytes.length);
      if (from < to) bytes.set(segment.bytes.subarray(from - segment.offset, to - segment.offset), from - start);
    }
    return bytes;
  };
}

function endOf(segments: readonly Segment[]): number {
  const last = segments.at(-1);
  return (last?.offset ?? 0) + (last?.bytes.length ?? 0);
}

/** A checkpoint of two tensors of a gigabyte, with its pickle between them. */
function torchSegments(pickle: Buffer): Segment[] {
  return zipSegments([
    { name: 'm/data/0', content: Buffer.alloc(0), hole: GIB },
    { name: 'm/data.pkl', content: pickle },
    { name: 'm/version', content: Buffer.from('3\n') },
    { name: 'm/data/1', content: Buffer.alloc(0), hole: GIB },
  ]);
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat(20_000),
  bytes: fc.oneof(fc.uint8Array({ maxLength: 9 }), fc.constantFrom(...meaningfulBytes)),
  remove: fc.nat(12),
});

describe('a look at pieces of a file', () => {
  it('finds the pickle in the middle of a torch zip of gigabytes and what it would run', async () => {
    const segments = torchSegments(maliciousPickle());
    const { report, bytes } = await lookThrough(endOf(segments), sparse(segments), 'm.ckpt');
    assert.equal(report.verdict, 'dangerous');
    assert.ok(report.findings.some(({ evidence }) => evidence.includes('os.system')));
    assert.ok(bytes < MIB, String(bytes));
  });

  it('sees what a long pickle runs at its beginning without asking for the rest', async () => {
    const long = assemble(maliciousPickle().subarray(0, -1), '0', binUnicode('x'.repeat(8 * MIB)), '.');
    const segments = torchSegments(long);
    const { report, bytes } = await lookThrough(endOf(segments), sparse(segments), 'm.ckpt');
    assert.equal(report.verdict, 'dangerous');
    assert.ok(bytes < MIB, String(bytes));
  });

  it('finds nothing against good files of many gigabytes', async () => {
    for (const { name, segments, size } of bigFiles()) {
      const { report, bytes } = await lookThrough(size, sparse(segments), name);
      assert.deepEqual(report.findings, [], name);
      assert.ok(bytes < MIB, `${name}: ${bytes}`);
    }
  });

  const broken: readonly (readonly [string, string, Buffer, string])[] = [
    [
      'overlapping tensors',
      'a.safetensors',
      writeSafetensors(
        {
          a: { dtype: 'U8', shape: [4 * MIB], data_offsets: [0, 4 * MIB] },
          b: { dtype: 'U8', shape: [2 * MIB], data_offsets: [3 * MIB, 5 * MIB] },
        },
        5 * MIB,
      ),
      'safetensors-coverage',
    ],
    [
      'a cut safetensors file',
      'a.safetensors',
      writeSafetensors({ a: { dtype: 'U8', shape: [9 * MIB], data_offsets: [0, 9 * MIB] } }, 5 * MIB),
      'safetensors-coverage',
    ],
    ['a zip without its end', 'a.pt', Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(5 * MIB)]), 'zip-broken'],
    ['a cut GGUF', 'a.gguf', writeGguf({ dataBytes: 5 * MIB }), 'gguf-broken'],
  ];
  for (const [what, name, content, rule] of broken) {
    it(`calls ${what} invalid`, async () => {
      const { report, bytes } = await lookThrough(content.length, (start, end) => content.subarray(start, end), name);
      assert.deepEqual([report.verdict, report.findings.at(-1)?.rule], ['invalid', rule]);
      assert.ok(bytes < MIB, String(bytes));
    });
  }

  it('tells another format, or noise, under the name of safetensors', async () => {
    const segments = torchSegments(torchDataPickle(4));
    const zip = await lookThrough(endOf(segments), sparse(segments), 'm.safetensors');
    const noise = await lookThrough(5 * MIB, (start, end) => Buffer.alloc(end - start, 0x55), 'm.safetensors');
    for (const { report } of [zip, noise]) {
      assert.deepEqual(
        report.findings.map(({ rule }) => rule),
        ['format-name-mismatch'],
      );
    }
  });

  it('says what it wants when bytes are missing, and keeps what it had found', async () => {
    const pickle = assemble(maliciousPickle().subarray(0, -1), '0', assemble(proto(2), 'N0').subarray(2), '.');
    const content = Buffer.concat([pickle.subarray(0, -1), Buffer.alloc(MIB, 'N0', 'latin1'), Buffer.from('N.')]);
    const file: FilePieces = { size: content.length, pieces: [{ start: 0, bytes: content.subarray(0, 64 * KIB) }] };
    const report = await lookAtPieces(file, { names: ['a.pkl'] });
    assert.equal(report.verdict, 'dangerous');
    assert.equal(report.wanted?.offset, 64 * KIB);
  });

  it('works on the threads of a scanner', async () => {
    const segments = torchSegments(maliciousPickle());
    const size = endOf(segments);
    const read = sparse(segments);
    await using scanner = createScanner();
    const file: FilePieces = { size, pieces: [{ start: 0, bytes: read(0, KIB) }] };
    const report = await scanner.look(file, { names: ['m.ckpt'] });
    assert.ok(report.wanted !== undefined && report.wanted.offset > size - 70 * KIB, JSON.stringify(report.wanted));
  });

  it('never finds what a scan of the whole file would not', async () => {
    for (const [name, content] of goodFiles) {
      await fc.assert(
        fc.asyncProperty(fc.array(mutation, { maxLength: 4 }), fc.integer({ min: 1, max: 400 }), async (list, edge) => {
          const changed = mutate(content, list);
          const { report } = await lookThrough(
            changed.length,
            (start, end) => changed.subarray(start, end),
            name,
            edge,
          );
          const whole = await scanBytes(changed, { names: [name], limits: { inflatedMember: MIB } });
          const known = new Set(whole.findings.map(({ rule }) => rule));
          for (const { rule } of report.findings) assert.ok(known.has(rule), `${name}: ${rule}`);
        }),
        {
          numRuns: 120,
          // A member marked as encrypted by a method that nobody knows.
          examples: [[[{ at: 16_726, bytes: Buffer.from('cos\nsystem\n'), remove: 11 }], 1]],
        },
      );
    }
  });
});
