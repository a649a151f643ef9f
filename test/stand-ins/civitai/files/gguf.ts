/** GGUF version 3: key/values, tensor table, padding to 32 bytes, then the (quantised) tensors. */
import { type Content, joined, keystream, literal } from './content.ts';

export type GgufType = 'F32' | 'F16' | 'Q8_0' | 'Q4_K';

export interface GgufPlan {
  readonly key: string;
  /** `llama`, `flux`, `sd1`, … */
  readonly architecture: string;
  readonly name: string;
  readonly names: readonly string[];
  readonly totalBytes: number;
  readonly type: GgufType;
}

/** Type number, elements per block, bytes per block (ggml.h). */
const blocks: Readonly<Record<GgufType, { id: number; elements: number; bytes: number; fileType: number }>> = {
  F32: { id: 0, elements: 1, bytes: 4, fileType: 0 },
  F16: { id: 1, elements: 1, bytes: 2, fileType: 1 },
  Q8_0: { id: 8, elements: 32, bytes: 34, fileType: 7 },
  Q4_K: { id: 12, elements: 256, bytes: 144, fileType: 15 },
};

const alignment = 32;

export function gguf(plan: GgufPlan): Content {
  const block = blocks[plan.type];
  const columns = 256;
  const rowBytes = (columns / block.elements) * block.bytes;
  const rows = Math.max(1, Math.round(plan.totalBytes / plan.names.length / rowBytes));
  const size = rows * rowBytes;
  const padded = align(size);
  const table = plan.names.map((name, index) =>
    Buffer.concat([text(name), u32(2), u64(columns), u64(rows), u32(block.id), u64(index * padded)]),
  );
  const pairs = [
    pair('general.architecture', plan.architecture),
    pair('general.name', plan.name),
    pair('general.file_type', block.fileType),
    pair('general.quantization_version', 2),
    pair('general.alignment', alignment),
  ];
  const head = Buffer.concat([
    Buffer.from('GGUF'),
    u32(3),
    u64(plan.names.length),
    u64(pairs.length),
    ...pairs,
    ...table,
  ]);
  const filled = Buffer.alloc(align(head.byteLength));
  head.copy(filled);
  return joined([literal(filled), keystream(plan.key, padded * plan.names.length)]);
}

export function llamaNames(layers: number): string[] {
  const perLayer = ['attn_q', 'attn_k', 'attn_v', 'attn_output', 'ffn_gate', 'ffn_up', 'ffn_down'];
  return [
    'token_embd.weight',
    ...Array.from({ length: layers }, (_, n) => perLayer.map((part) => `blk.${n}.${part}.weight`)).flat(),
    'output.weight',
  ];
}

function pair(key: string, value: string | number): Buffer {
  return typeof value === 'string'
    ? Buffer.concat([text(key), u32(8), text(value)])
    : Buffer.concat([text(key), u32(4), u32(value)]);
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value, 'utf8');
  return Buffer.concat([u64(bytes.byteLength), bytes]);
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

function align(size: number): number {
  return Math.ceil(size / alignment) * alignment;
}
