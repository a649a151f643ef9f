/** Writes pickle opcodes (protocol 2, the one torch.save uses). It never runs anything: it only spells bytes. */
export interface PickleWriter {
  global(module: string, name: string): PickleWriter;
  text(value: string): PickleWriter;
  int(value: number): PickleWriter;
  float(value: number): PickleWriter;
  bool(value: boolean): PickleWriter;
  none(): PickleWriter;
  /** Items between a mark and the closing opcode. */
  tuple(items: () => void): PickleWriter;
  dict(items: () => void): PickleWriter;
  list(items: () => void): PickleWriter;
  /** `callable(*arguments)` when loaded: the opcode every pickle exploit needs. */
  reduce(callable: readonly [module: string, name: string], items: () => void): PickleWriter;
  /** An empty `collections.OrderedDict`. */
  orderedDict(): PickleWriter;
  setItems(items: () => void): PickleWriter;
  persistentId(items: () => void): PickleWriter;
  /** Any opcode, for the rare ones. */
  raw(bytes: Uint8Array | string): PickleWriter;
  /** The finished pickle, STOP included. */
  end(): Buffer;
}

export function createPickleWriter(): PickleWriter {
  const parts: Buffer[] = [Buffer.from([0x80, 2])];
  function push(...bytes: (string | Buffer)[]): PickleWriter {
    for (const piece of bytes) parts.push(typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece);
    return writer;
  }
  function between(open: string, items: () => void, close: string): PickleWriter {
    push(open);
    items();
    return push(close);
  }
  const writer: PickleWriter = {
    global: (module, name) => push(`c${module}\n${name}\n`),
    text(value) {
      const bytes = Buffer.from(value, 'utf8');
      return push('X', uint32(bytes.byteLength), bytes);
    },
    int: (value) => push(...encodeInt(value)),
    float(value) {
      const bytes = Buffer.alloc(8);
      bytes.writeDoubleBE(value);
      return push('G', bytes);
    },
    bool: (value) => push(value ? '\x88' : '\x89'),
    none: () => push('N'),
    tuple: (items) => between('(', items, 't'),
    dict: (items) => between('}(', items, 'u'),
    list: (items) => between('](', items, 'e'),
    reduce: ([module, name], items) => writer.global(module, name).tuple(items).raw('R'),
    orderedDict: () => push('ccollections\nOrderedDict\n)R'),
    setItems: (items) => between('(', items, 'u'),
    persistentId: (items) => writer.tuple(items).raw('Q'),
    raw: (bytes) => push(typeof bytes === 'string' ? bytes : Buffer.from(bytes)),
    end: () => Buffer.concat([...parts, Buffer.from('.')]),
  };
  return writer;
}

function encodeInt(value: number): (string | Buffer)[] {
  if (value >= 0 && value < 256) return ['K', Buffer.from([value])];
  if (Math.abs(value) < 2 ** 31) {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32LE(value);
    return ['J', bytes];
  }
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt(value));
  return ['\x8a\x08', bytes];
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
