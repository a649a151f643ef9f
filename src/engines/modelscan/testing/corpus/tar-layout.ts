import { writeTar } from '../model-writer.ts';
import { assemble, binUnicode, global, proto } from '../pickle-assembler.ts';

interface TarLayout {
  readonly type?: Buffer;
  readonly object?: Buffer;
  readonly elements?: number;
  readonly tail?: string;
}

/** Torch's oldest layout as `torch.serialization.legacy_load` reads it: one storage of four floats, one tensor. */
export function tarLayout({
  type = global('torch', 'FloatStorage'),
  object = assemble(proto(2), '}', binUnicode('w'), binUnicode('94'), 'Qs.'),
  elements = 4,
  tail = '',
}: TarLayout = {}): Buffer {
  const storage = assemble(proto(2), '(K\x07', binUnicode('cpu'), type, 't.');
  const tensor = assemble(proto(2), '(', binUnicode('94'), 'K\x07', global('torch', 'FloatTensor'), 't.');
  const one = assemble(proto(2), 'K\x01.');
  return writeTar([
    { name: 'storages', content: assemble(one, storage, words(elements), Buffer.alloc(16), proto(2), '].', tail) },
    { name: 'tensors', content: assemble(one, tensor, words(2, 2, 2, 2, 1, 0)) },
    { name: 'pickle', content: object },
  ]);
}

/** Whole numbers in eight bytes each. */
function words(...numbers: readonly number[]): Buffer {
  const content = Buffer.alloc(8 * numbers.length);
  for (const [index, number] of numbers.entries()) content.writeBigInt64LE(BigInt(number), 8 * index);
  return content;
}
