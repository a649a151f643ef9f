/** safetensors: 8-byte little-endian header length, JSON header padded with spaces, then the tensors back to back. */
import { type Content, joined, keystream, literal } from './content.ts';
import { type Tensor, tensorBytes } from './tensor-layout.ts';

export interface SafetensorsPlan {
  /** Names the keystream: other name, other weights. */
  readonly key: string;
  readonly tensors: readonly Tensor[];
  readonly metadata?: Readonly<Record<string, string>>;
  /** Scalars written out (LoRA `alpha`), so that readers find sensible numbers in them. */
  readonly scalars?: Readonly<Record<string, number>>;
}

export function safetensors(plan: SafetensorsPlan): Content {
  const header: Record<string, unknown> = {};
  if (plan.metadata !== undefined) header['__metadata__'] = plan.metadata;
  const scalars = Object.entries(plan.scalars ?? {});
  let offset = 0;
  function place(name: string, entry: { dtype: string; shape: readonly number[]; size: number }): void {
    header[name] = { dtype: entry.dtype, shape: entry.shape, data_offsets: [offset, offset + entry.size] };
    offset += entry.size;
  }
  for (const [name] of scalars) place(name, { dtype: 'F32', shape: [], size: 4 });
  for (const tensor of plan.tensors) place(tensor.name, { ...tensor, size: tensorBytes(tensor) });
  const scalarBytes = Buffer.alloc(scalars.length * 4);
  scalars.forEach(([, value], index) => scalarBytes.writeFloatLE(value, index * 4));
  return joined([
    literal(encodeHeader(header)),
    literal(scalarBytes),
    keystream(plan.key, offset - scalarBytes.byteLength),
  ]);
}

function encodeHeader(header: Readonly<Record<string, unknown>>): Buffer {
  const json = Buffer.from(JSON.stringify(header));
  const padded = Math.ceil(json.byteLength / 8) * 8;
  const out = Buffer.alloc(8 + padded, 0x20);
  out.writeBigUInt64LE(BigInt(padded), 0);
  json.copy(out, 8);
  return out;
}
