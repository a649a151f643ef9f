import { KIB } from '#kernel/units';
import type { ProtobufReader, WireField } from '../protobuf/protobuf-reader.ts';
import { ScanStop } from '../scan-stop.ts';

/** Names and paths; no system takes longer ones. */
const LONGEST_TEXT = 64 * KIB;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @throws ScanStop when it is longer than `maximum` bytes or no UTF-8. */
export function textOf(reader: ProtobufReader, field: WireField, maximum = LONGEST_TEXT): string {
  if (field.length > maximum)
    throw new ScanStop('onnx-limit', { offset: field.offset, evidence: `text of ${field.length} bytes` });
  try {
    return decoder.decode(reader.peek(field.start, field.length));
  } catch {
    throw reader.broken(field.offset, 'text that is not UTF-8');
  }
}
