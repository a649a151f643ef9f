/** Files of many gigabytes that are mostly holes: good models of which a scan needs to read almost nothing. */
import { GIB } from '#kernel/units';

import { legacyTensor, torchEntry, writeGguf, writeSafetensors } from './model-writer.ts';
import { assemble, binUnicode, proto } from './pickle-assembler.ts';
import { type Segment, zipSegments } from './zip-writer.ts';

export interface SparseFile {
  readonly name: string;
  readonly segments: readonly Segment[];
  readonly size: number;
}

export function bigFiles(): readonly SparseFile[] {
  return [
    torchZipFile(6 * GIB),
    safetensorsFile(6 * GIB),
    legacyFile(3 * GIB),
    literalFile(3 * GIB),
    ggufFile(20 * GIB),
  ];
}

/** Two members, so that no place is beyond the 4 GiB of plain zip headers. */
function torchZipFile(bytes: number): SparseFile {
  const elements = bytes / 8;
  const keys = ['0', '1'];
  const pickle = assemble(proto(2), '}', ...keys.map((key) => torchEntry(elements, elements, key)), '.');
  const segments = zipSegments([
    { name: 'm/data.pkl', content: pickle },
    { name: 'm/version', content: Buffer.from('3\n') },
    ...keys.map((key) => ({ name: `m/data/${key}`, content: Buffer.alloc(0), hole: elements * 4 })),
  ]);
  const last = segments.at(-1);
  return { name: 'torch-zip.pt', segments, size: (last?.offset ?? 0) + (last?.bytes.length ?? 0) };
}

function safetensorsFile(bytes: number): SparseFile {
  const head = writeSafetensors({ w: { dtype: 'F32', shape: [bytes / 4], data_offsets: [0, bytes] } }, 0);
  return { name: 'tensors.safetensors', segments: [{ offset: 0, bytes: head }], size: head.length + bytes };
}

function legacyFile(bytes: number): SparseFile {
  const elements = bytes / 4;
  const magic = Buffer.from('80028a0a6cfc9c46f9206aa850192e80024de9032e80027d2e', 'hex');
  const count = Buffer.alloc(8);
  count.writeBigUInt64LE(BigInt(elements));
  const head = assemble(
    magic,
    assemble(proto(2), '}', legacyTensor(elements), '.'),
    assemble(proto(2), ']', binUnicode('0'), 'a.'),
    count,
  );
  return { name: 'legacy.pt', segments: [{ offset: 0, bytes: head }], size: head.length + bytes };
}

/** One `bytes` object of protocol 4. */
function literalFile(bytes: number): SparseFile {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(bytes));
  const head = assemble(proto(4), 0x8e, length);
  const segments = [
    { offset: 0, bytes: head },
    { offset: head.length + bytes, bytes: Buffer.from('.') },
  ];
  return { name: 'literal.pkl', segments, size: head.length + bytes + 1 };
}

function ggufFile(bytes: number): SparseFile {
  const head = writeGguf({ tensors: [{ name: 'w', dimensions: [bytes / 4], type: 0, offset: 0 }], dataBytes: 0 });
  return { name: 'model.gguf', segments: [{ offset: 0, bytes: head }], size: head.length + bytes };
}
