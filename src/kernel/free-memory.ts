/** Below this the garbage collector is cheaper. */
const WORTH_FREEING = 4 * 1024;
/** Small Buffers lie in pieces of memory of this length that Node shares among them. */
const SHARED_BY_BUFFERS = Buffer.poolSize;

/**
 * Gives the memory of a result back at once. Ciphers and compressors make a new Buffer for each piece; left to the
 * garbage collector, these pile up to hundreds of MiB, and their fresh pages cost more time than AES itself. Only for what
 * nobody else looks at: every view of the memory is empty afterwards.
 */
export function freeMemory({ buffer }: Uint8Array): void {
  const { byteLength } = buffer;
  const isOwn = byteLength > WORTH_FREEING && byteLength !== SHARED_BY_BUFFERS;
  if (isOwn && buffer instanceof ArrayBuffer) buffer.transfer(0);
}
