/** Torch's layout before 1.6, with parts that can be swapped. */
import { legacyTensor } from '../model-writer.ts';
import { assemble, binUnicode, global, proto } from '../pickle-assembler.ts';

export const magic = Buffer.from('80028a0a6cfc9c46f9206aa850192e', 'hex');
export const version = Buffer.from('80024de9032e', 'hex');
export const machine = assemble(proto(2), '}.');

export function eightBytes(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt(value));
  return bytes;
}

export function legacy(
  object: Buffer,
  { keys = assemble(proto(2), ']U\x010a.'), elements = 4, data = 16, tail = '' } = {},
): Buffer {
  return assemble(magic, version, machine, object, keys, eightBytes(elements), Buffer.alloc(data), tail);
}

/** A dictionary with one `ParameterDict`, or what else is named, as protocol 2 writes a network: class with source. */
export function legacyContainer({
  type = global('torch.nn.modules.container', 'ParameterDict'),
  file = binUnicode('/usr/lib/python3/dist-packages/torch/nn/modules/container.py'),
  source = binUnicode('class ParameterDict(Module):\n    pass\n'),
  tag = 'module',
} = {}): Buffer {
  const id = assemble('(', binUnicode(tag), type, file, source, 'tQ');
  const state = assemble('}(', binUnicode('training'), 0x88, binUnicode('_parameters'), legacyDictionary(), 'u');
  return assemble(proto(2), '}', binUnicode('embedding'), id, ')', 0x81, state, 'bs', legacyTensor(4), '.');
}

function legacyDictionary(): Buffer {
  return assemble(global('collections', 'OrderedDict'), ')R');
}

/** A dictionary with one tensor that sees the last two of four numbers through a view of their storage. */
export function legacyView(view: Buffer = assemble('(', binUnicode('7'), 'K\x02K\x02t')): Buffer {
  return assemble(proto(2), '}', legacyTensor(4, { view: 2, behindCount: view }), '.');
}
