/**
 * SentencePiece tokenizers (sentencepiece_model.proto, `ModelProto`): pieces of words with their scores, and what they
 * were made from. Loaders build a table of it and open nothing; so it only has to keep to its format to its last byte.
 */
import type { ByteSource } from '../byte-source.ts';
import { fieldsOf } from '../protobuf/fields-of.ts';
import { ProtobufReader, type WireField, wireTypes } from '../protobuf/protobuf-reader.ts';
import { ScanStop } from '../scan-stop.ts';
import type { Scope } from '../scope.ts';

const PIECE = 1;
/** Settings of the trainer, of what prepares the text, and a self test. */
const LAST_FIELD = 5;
/** Pieces looked at to recognise a file. */
const LOOKED_AT = 16;
const BREATHE_EVERY = 4096;

/** The text, its score, and which kind of piece it is. */
const pieceFields: ReadonlyMap<number, number> = new Map([
  [1, wireTypes.bytes],
  [2, wireTypes.fixed32],
  [3, wireTypes.varint],
]);

export function isSentencePiece(source: ByteSource): boolean {
  const reader = readerOf(source);
  let pieces = 0;
  try {
    for (const field of fieldsOf(reader, { start: 0, length: source.size })) {
      if (!isPiece(reader, field)) return false;
      pieces += 1;
      if (pieces === LOOKED_AT) return true;
    }
  } catch (error) {
    if (!(error instanceof ScanStop)) throw error;
  }
  return false;
}

export async function scanSentencePiece(scope: Scope, source: ByteSource): Promise<void> {
  const reader = readerOf(source, (fault) => scope.report(fault.rule, fault.details));
  let count = 0;
  for (const field of fieldsOf(reader, { start: 0, length: source.size })) {
    const isSetting = field.number > PIECE && field.number <= LAST_FIELD && field.wire === wireTypes.bytes;
    if (!isSetting && !isPiece(reader, field)) throw reader.broken(field.offset, `field ${field.number}`);
    count += 1;
    if (count % BREATHE_EVERY === 0 && scope.context.needsBreath()) await scope.context.breathe();
  }
}

function readerOf(source: ByteSource, onFault: (fault: ScanStop) => void = () => {}): ProtobufReader {
  return new ProtobufReader(source, { faultRule: 'tokenizer-broken', onFault });
}

function isPiece(reader: ProtobufReader, { number, wire, start, length }: WireField): boolean {
  if (number !== PIECE || wire !== wireTypes.bytes) return false;
  const inner = [...fieldsOf(reader, { start, length })];
  return (
    inner.some((field) => field.number === 1) && inner.every((field) => pieceFields.get(field.number) === field.wire)
  );
}
