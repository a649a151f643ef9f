import type { ByteSource } from '../byte-source.ts';

const PROTO = 0x80;
const HIGHEST_PROTOCOL = 5;

/** Whether the bytes name a protocol of pickle, as every writer since Python 2.3 can. */
export function beginsAsPickle(source: ByteSource): boolean {
  const [first, second = 255] = source.read(0, 2);
  return first === PROTO && second <= HIGHEST_PROTOCOL;
}
