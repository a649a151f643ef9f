import type { ProtobufReader, WireField } from './protobuf-reader.ts';

/** The fields of one message, in order; others may be read in between. */
export function* fieldsOf(
  reader: ProtobufReader,
  { start, length }: { readonly start: number; readonly length: number },
): Generator<WireField, undefined> {
  const end = start + length;
  for (let at = start; at < end; ) {
    reader.position = at;
    const field = reader.field(end);
    at = reader.position;
    yield field;
  }
}
