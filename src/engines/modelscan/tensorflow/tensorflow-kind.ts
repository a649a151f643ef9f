/** Which of TensorFlow's messages some bytes are: none has a signature, so their first fields have to fit. */
import type { ByteSource } from '../byte-source.ts';
import { fieldsOf } from '../protobuf/fields-of.ts';
import { ProtobufReader, type WireField, wireTypes } from '../protobuf/protobuf-reader.ts';
import { ScanStop } from '../scan-stop.ts';

export type TensorflowKind = 'saved-model' | 'meta-graph' | 'graph' | 'keras-metadata' | 'fingerprint';

/** Fields looked at to recognise a message. */
const LOOKED_AT = 16;
const operatorName = /^[A-Za-z_][\w.>/-]*$/;

export function tensorflowKind(source: ByteSource): TensorflowKind | undefined {
  const reader = new ProtobufReader(source, { faultRule: 'tensorflow-broken', onFault: () => {} });
  const whole = { start: 0, length: source.size };
  const top = firstFields(reader, whole);
  if (top.length === 0) return undefined;
  if (top.some((field) => field.number === 2 && isMetaGraph(reader, field))) return 'saved-model';
  if (isGraphFields(reader, top)) return 'graph';
  if (isMetaGraph(reader, whole)) return 'meta-graph';
  if (top.every((field) => field.number === 1 && isKerasNode(reader, field))) return 'keras-metadata';
  return isFingerprint(top, source.size) ? 'fingerprint' : undefined;
}

/** A graph stands in it, and nothing that cannot. */
function isMetaGraph(reader: ProtobufReader, range: Pick<WireField, 'start' | 'length'>): boolean {
  const fields = firstFields(reader, range);
  return (
    fields.every(({ number, wire }) => number <= 7 && wire === wireTypes.bytes) &&
    fields.some((field) => field.number === 2 && isGraphFields(reader, firstFields(reader, field)))
  );
}

function isGraphFields(reader: ProtobufReader, fields: readonly WireField[]): boolean {
  const sound = fields.every(
    ({ number, wire }) => number <= 5 && wire === (number === 3 ? wireTypes.varint : wireTypes.bytes),
  );
  if (!sound) return false;
  const nodes = fields.filter(({ number }) => number === 1);
  if (nodes.length > 0) return nodes.every((node) => isNode(reader, node));
  return fields.some(({ number }) => number === 2) && fields.some(({ number }) => number === 4);
}

function isNode(reader: ProtobufReader, node: WireField): boolean {
  const fields = firstFields(reader, node);
  const operators = fields.filter(({ number, wire }) => number === 2 && wire === wireTypes.bytes);
  return (
    operators.length > 0 &&
    fields.every(({ number, wire }) => number <= 7 && wire === wireTypes.bytes) &&
    operators.every(
      ({ start, length }) => length < 300 && operatorName.test(reader.peek(start, length).toString('latin1')),
    )
  );
}

function isKerasNode(reader: ProtobufReader, node: WireField): boolean {
  const fields = firstFields(reader, node);
  return (
    fields.some(({ number, wire }) => number === 4 && wire === wireTypes.bytes) &&
    fields.some(({ number, wire }) => number === 5 && wire === wireTypes.bytes) &&
    fields.every(({ number }) => number >= 2 && number <= 6)
  );
}

/** Five checksums and a version (fingerprint.proto). */
function isFingerprint(fields: readonly WireField[], size: number): boolean {
  return (
    size < 200 &&
    fields.filter(({ number, wire }) => number <= 5 && wire === wireTypes.varint).length === 5 &&
    fields.every(({ number }) => number <= 7)
  );
}

/** As many as are sound, and no more than needed. */
function firstFields(reader: ProtobufReader, range: Pick<WireField, 'start' | 'length'>): WireField[] {
  const fields: WireField[] = [];
  try {
    for (const field of fieldsOf(reader, range)) {
      fields.push(field);
      if (fields.length >= LOOKED_AT) break;
    }
  } catch (error) {
    if (!(error instanceof ScanStop)) throw error;
  }
  return fields;
}
