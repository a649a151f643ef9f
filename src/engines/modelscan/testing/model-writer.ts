/** Small genuine model files: safetensors, GGUF, torch zip, tar, npy. */
import { assemble, binUnicode, global, proto } from './pickle-assembler.ts';
import { writeZip, type ZipFile, type ZipShape } from './zip-writer.ts';

export function writeSafetensors(header: unknown, data: number | Buffer): Buffer {
  return frameSafetensors(typeof header === 'string' ? header : JSON.stringify(header), data);
}

function frameSafetensors(header: string, data: number | Buffer): Buffer {
  const text = Buffer.from(header);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, typeof data === 'number' ? Buffer.alloc(data, 7) : data]);
}

export function goodSafetensors(metadata: Readonly<Record<string, string>> = {}): Buffer {
  return writeSafetensors(
    {
      __metadata__: { format: 'pt', ...metadata },
      weight: { dtype: 'F16', shape: [2, 3], data_offsets: [0, 12] },
      bias: { dtype: 'F32', shape: [2], data_offsets: [12, 20] },
    },
    20,
  );
}

/** `{'w': tensor}` over `elements` floats in storage `key`. */
export function torchDataPickle(elements: number, view = elements, key = '0'): Buffer {
  return assemble(proto(2), '}', torchEntry(elements, view, key), '.');
}

/** One more tensor in the dictionary on the stack, named like its storage. */
export function torchEntry(elements: number, view: number, key: string): Buffer {
  return tensorEntry({ elements, view, key, behindCount: Buffer.alloc(0) });
}

/** The same over storage 0 as the layout before 1.6 writes it: its reference ends with the range it is a view of. */
export function legacyTensor(elements: number, { view = elements, behindCount = assemble('N') } = {}): Buffer {
  return tensorEntry({ elements, view, key: '0', behindCount });
}

interface TensorShape {
  readonly name?: string;
  readonly elements: number;
  readonly view: number;
  readonly key: string;
  readonly behindCount: Buffer;
}

/** A dictionary of dictionaries: where each stands, and its tensors, which all look into storage 0 of four floats. */
export function torchTensors(...dictionaries: readonly (readonly [readonly string[], readonly string[]])[]): Buffer {
  const parts = dictionaries.map(([path, names]) => {
    const tensors = names.map((name) =>
      tensorEntry({ name, elements: 4, view: 4, key: '0', behindCount: Buffer.alloc(0) }),
    );
    const [outer] = path;
    return outer === undefined ? Buffer.concat(tensors) : assemble(binUnicode(outer), '}', ...tensors, 's');
  });
  return assemble(proto(2), '}', ...parts, '.');
}

function tensorEntry({ name, elements, view, key, behindCount }: TensorShape): Buffer {
  return assemble(
    binUnicode(name ?? `w${key}`),
    global('torch._utils', '_rebuild_tensor_v2'),
    '((',
    binUnicode('storage'),
    global('torch', 'FloatStorage'),
    binUnicode(key),
    binUnicode('cpu'),
    int32(elements),
    behindCount,
    'tQ',
    'K',
    0,
    int32(view),
    0x85,
    'K',
    1,
    0x85,
    0x89,
    global('collections', 'OrderedDict'),
    ')R',
    'tRs',
  );
}

function int32(value: number): Buffer {
  const field = Buffer.alloc(5);
  field.write('J', 'latin1');
  field.writeInt32LE(value, 1);
  return field;
}

export function torchZip(pickle = torchDataPickle(4), extra: readonly ZipFile[] = [], shape: ZipShape = {}): Buffer {
  return writeZip(
    [
      { name: 'model/data.pkl', content: pickle },
      { name: 'model/data/0', content: Buffer.alloc(16, 0x80) },
      { name: 'model/version', content: Buffer.from('3\n') },
      ...extra,
    ],
    shape,
  );
}

type GgufValue = string | number | readonly string[];

interface GgufTensor {
  readonly name: string;
  readonly dimensions: readonly number[];
  readonly type: number;
  readonly offset: number;
}

export interface GgufShape {
  readonly keys?: readonly (readonly [string, GgufValue])[];
  readonly tensors?: readonly GgufTensor[];
  readonly dataBytes?: number;
  readonly version?: number;
  readonly keyCount?: number;
  readonly tensorCount?: number;
  readonly bigEndian?: boolean;
}

export function writeGguf(shape: GgufShape = {}): Buffer {
  const keys = shape.keys ?? [
    ['general.architecture', 'llama'],
    ['tokenizer.ggml.tokens', ['<s>', 'os.system', '__class__']],
  ];
  const tensors = shape.tensors ?? [{ name: 'w', dimensions: [32, 2], type: 2, offset: 0 }];
  const big = shape.bigEndian ?? false;
  function u32(value: number): Buffer {
    return swapped(uint(value, 4), big);
  }
  function u64(value: number): Buffer {
    return swapped(uint(value, 8), big);
  }
  function text(value: string): Buffer {
    return Buffer.concat([u64(Buffer.byteLength(value)), Buffer.from(value)]);
  }
  function value(entry: GgufValue): Buffer {
    if (typeof entry === 'number') return Buffer.concat([u32(4), u32(entry)]);
    if (typeof entry === 'string') return Buffer.concat([u32(8), text(entry)]);
    return Buffer.concat([u32(9), u32(8), u64(entry.length), ...entry.map(text)]);
  }
  const tables = Buffer.concat([
    Buffer.from('GGUF'),
    u32(shape.version ?? 3),
    u64(shape.tensorCount ?? tensors.length),
    u64(shape.keyCount ?? keys.length),
    ...keys.map(([key, entry]) => Buffer.concat([text(key), value(entry)])),
    ...tensors.map((tensor) =>
      Buffer.concat([
        text(tensor.name),
        u32(tensor.dimensions.length),
        ...tensor.dimensions.map(u64),
        u32(tensor.type),
        u64(tensor.offset),
      ]),
    ),
  ]);
  const padding = (32 - (tables.length % 32)) % 32;
  return Buffer.concat([tables, Buffer.alloc(padding), Buffer.alloc(shape.dataBytes ?? 36)]);
}

function uint(value: number, length: number): Buffer {
  const field = Buffer.alloc(8);
  field.writeBigUInt64LE(BigInt.asUintN(64, BigInt(value)));
  return field.subarray(0, length);
}

function swapped(field: Buffer, big: boolean): Buffer {
  return big ? Buffer.from(field).reverse() : field;
}

export interface TarFile {
  readonly name: string;
  readonly content?: Buffer;
  readonly type?: string;
  readonly link?: string;
}

export function writeTar(files: readonly TarFile[]): Buffer {
  const parts = files.map(({ name, content = Buffer.alloc(0), type = '0', link = '' }) => {
    const header = Buffer.alloc(512);
    header.write(name, 0, 100);
    header.write('0000644\0', 100);
    header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
    header.write('        ', 148);
    header.write(type, 156);
    header.write(link, 157, 100);
    header.write('ustar\x0000', 257);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
  });
  return Buffer.concat([...parts, Buffer.alloc(1024)]);
}

export function writeNpy(header: string, data: Buffer): Buffer {
  const text = Buffer.from(`${header}\n`);
  const length = Buffer.alloc(2);
  length.writeUInt16LE(text.length);
  return Buffer.concat([Buffer.from('\x93NUMPY\x01\x00', 'latin1'), length, text, data]);
}
