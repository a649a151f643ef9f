/** ONNX models field by field (protobuf's wire format), so that tests can also write what no tool would. */

/** One field: a number is written as varint, text and bytes with their length. */
export function field(number: number, value: number | bigint | string | Uint8Array): Buffer {
  if (typeof value === 'number' || typeof value === 'bigint') return Buffer.concat([varint(number * 8), varint(value)]);
  const content = Buffer.from(value);
  return Buffer.concat([varint(number * 8 + 2), varint(content.length), content]);
}

/** Two's complement of 64 bits, like every signed number of protobuf. */
export function varint(value: number | bigint): Buffer {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest >= 0x80n) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  return Buffer.from([...bytes, Number(rest)]);
}

export function message(number: number, ...fields: readonly Buffer[]): Buffer {
  return field(number, Buffer.concat(fields));
}

/** The fields of a FLOAT tensor of two numbers, with `more` behind them. */
export function floatTensor(...more: readonly Buffer[]): Buffer {
  return Buffer.concat([field(1, 2), field(2, 1), field(8, 'w'), ...more]);
}

/** The fields of a tensor whose numbers lie in another file. */
export function externalTensor(entries: Readonly<Record<string, string>>): Buffer {
  return floatTensor(externalEntries(entries), field(14, 1));
}

export function externalEntries(entries: Readonly<Record<string, string>>): Buffer {
  return Buffer.concat(Object.entries(entries).map(([key, value]) => message(13, field(1, key), field(2, value))));
}

export const wholeTensor = floatTensor(field(9, Buffer.alloc(8, 7)));

export function node(type: string, ...more: readonly Buffer[]): Buffer {
  return Buffer.concat([field(1, 'x'), field(2, 'y'), field(4, type), ...more]);
}

export interface OnnxShape {
  /** Fields of the model beside version, operator set and graph. */
  readonly model?: Buffer;
  /** Fields of the graph, instead of a node and a tensor. */
  readonly graph?: Buffer;
}

/** A small sound model; its graph comes last, so that no cut leaves a whole one. */
export function writeOnnx({ model = Buffer.alloc(0), graph = smallGraph }: OnnxShape = {}): Buffer {
  return Buffer.concat([field(1, 8), field(2, 'kura'), message(8, field(2, 17)), model, field(7, graph)]);
}

const valueType = message(2, message(1, field(1, 1), message(2, message(1, field(1, 2)))));

export const smallGraph = Buffer.concat([
  message(1, node('Relu', message(5, field(1, 'alpha'), field(3, -1), field(20, 2)))),
  field(2, 'small'),
  field(5, wholeTensor),
  message(11, field(1, 'x'), valueType),
  message(12, field(1, 'y'), valueType),
]);
